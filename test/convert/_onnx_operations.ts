/** Operations that ONNX has to have beside those of our models. @module */

import type { ModelFunction } from "../../core/convert/functions/model_functions.ts";
import { type Tensor, type Tensor4D, tf } from "../../core/engine/tf.ts";
import { expm1, lgamma, log1p, ndtr } from "../../core/math/mod.ts";

/** What no prior here has in its encoder, from tail to tail. */
export const OPERATIONS: ModelFunction = {
  name: "operations",
  spec: (rows) => ({
    variables: {
      filters: {
        shape: [2, 3, 3, 2],
        data: Float32Array.from({ length: 36 }, (_, i) => Math.sin(i)),
      },
    },
    inputs: { x: { shape: [rows, 12], dtype: "float32" } },
    compute: ({ filters }, { x }) => {
      const small = tf.div(x!, 1e4);
      const cube = tf.reshape(x!, [rows, 2, 3, 2]) as Tensor4D;
      const ones = tf.abs(tf.sin(x!)).add(0.1);
      const flat = (y: Tensor) => tf.reshape(y, [rows, -1]);
      const isBelow = tf.less(x!, 0.5);
      return {
        lgamma: lgamma(x!),
        erfc: tf.log(ndtr(x!)),
        expm1: expm1(small),
        log1p: log1p(small),
        rounded: tf.add(tf.floor(x!), tf.mul(tf.ceil(x!), tf.sign(x!))),
        powers: tf.add(tf.pow(ones, 1.5), tf.add(tf.rsqrt(ones), tf.cos(ones))),
        reduced: tf.concat([
          tf.max(cube, [1, 2]),
          tf.min(cube, [1, 2]),
          tf.mean(cube, [1, 2]),
          tf.prod(tf.div(cube, 9), [1, 2]),
        ], 1),
        turned: flat(tf.transpose(cube, [0, 3, 2, 1])),
        backwards: flat(tf.reverse(cube, [1, 2])),
        cut: flat(tf.slice(cube, [0, 0, 1, 0], [rows, 2, 2, 1])),
        chosen: tf.where(
          tf.logicalOr(isBelow, tf.logicalNot(tf.greater(ones, 0.5))),
          x!,
          tf.mul(ones, tf.cast(tf.greaterEqual(x!, 2), "float32")),
        ),
        product: flat(tf.matMul(
          tf.reshape(x!, [rows, 3, 4]),
          tf.reshape(ones, [rows, 3, 4]),
          true,
        )),
        narrow: flat(
          tf.conv2dTranspose(
            cube,
            filters as Tensor4D,
            [rows, 4, 9, 3],
            [2, 3],
            "same",
          ),
        ),
        valid: flat(
          tf.conv2d(
            tf.reshape(x!, [rows, 2, 3, 2]) as Tensor4D,
            tf.slice(filters as Tensor4D, [0, 0, 0, 0], [2, 2, 2, 2]),
            1,
            "valid",
          ),
        ),
      };
    },
  }),
};
