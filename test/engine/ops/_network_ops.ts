/** What networks are written in: operations on `x` [B, 6, 6, 4]. @module */

import type { Tensors } from "../../../core/engine/program/program.ts";
import { type Tensor, type Tensor4D, tf } from "../../../core/engine/tf.ts";

/** An operation; `w` has `kernel` [3, 3, 4, 4] and `bias` [4]. */
export interface NetworkOp {
  compute(x: Tensor4D, w: Tensors): Tensor;
  /** TensorFlow's operations that have to be done piece by piece. */
  readonly split?: string;
}

const conv = (strides: number, pad: "same" | "valid"): NetworkOp => ({
  compute: (x, w) => tf.conv2d(x, w["kernel"] as Tensor4D, strides, pad),
  split: "Conv2D Conv2DBackpropFilter",
});

const transposed = (
  strides: number,
  pad: "same" | "valid",
  side: number,
  size = 3,
): NetworkOp => ({
  compute: (x, w) =>
    tf.conv2dTranspose(
      x,
      ofSize(w["kernel"] as Tensor4D, size),
      [x.shape[0], side, side, 4],
      strides,
      pad,
    ),
  // What is of few channels and has a stride goes by phases.
  split: `Conv2D Conv2DBackpropFilter ${
    strides > 1 && pad === "same" ? "DepthToSpace" : "Conv2DBackpropInput"
  }`,
});

/** A kernel of another size, of the same numbers. */
function ofSize(kernel: Tensor4D, size: number): Tensor4D {
  if (size === 3) return kernel;
  const tall = tf.concat([kernel, tf.neg(kernel)], 0);
  return tf.slice(tf.concat([tall, tall], 1), 0, [size, size, 4, 4]);
}

const each = (compute: NetworkOp["compute"], split = ""): NetworkOp => ({
  compute,
  split,
});

const stopGradient = (x: Tensor): Tensor =>
  tf.customGrad((y) => ({
    value: tf.mul(y as Tensor, 1),
    gradFunc: (dy) => tf.zerosLike(dy),
  }))(x);

const flat = (x: Tensor) => tf.reshape(x, [x.shape[0]!, -1]);

/** Three draws of each row, one below the other. */
const repeat = (x: Tensor): Tensor => {
  const [rows, columns] = flat(x).shape as [number, number];
  const tiled = tf.tile(tf.reshape(x, [rows, 1, columns]), [1, 3, 1]);
  return tf.reshape(tiled, [rows * 3, columns]);
};

/** Each by its name. */
export const NETWORK_OPS: Readonly<Record<string, NetworkOp>> = {
  "conv2d, stride 1, same": conv(1, "same"),
  "conv2d, stride 2, same": conv(2, "same"),
  "conv2d, stride 1, valid": conv(1, "valid"),
  "conv2d, stride 2, valid": conv(2, "valid"),
  "conv2dTranspose, stride 1, same": transposed(1, "same", 6),
  "conv2dTranspose, stride 2, same": transposed(2, "same", 12),
  "conv2dTranspose, stride 2, same, 4 x 4": transposed(2, "same", 12, 4),
  "conv2dTranspose, stride 2, same, 5 x 5": transposed(2, "same", 12, 5),
  "conv2dTranspose, stride 3, same": transposed(3, "same", 18),
  "conv2dTranspose, stride 3, same, 5 x 5": transposed(3, "same", 18, 5),
  "conv2dTranspose, stride 1, valid": transposed(1, "valid", 8),
  "conv2dTranspose, stride 2, valid": transposed(2, "valid", 13),
  "bias of channels": each((x, w) => tf.add(x, w["bias"]!), "Add Sum"),
  "average pool": each((x) => tf.avgPool(x, 2, 2, "same"), "AvgPoolGrad"),
  "max pool": each((x) => tf.maxPool(x, 3, 2, "same"), "MaxPoolGrad"),
  "global mean": each((x) => tf.mean(x, [1, 2]), "Mean"),
  "global max": each((x) => tf.max(x, [1, 2]), "Max"),
  "nearest neighbours": each(
    (x) => tf.image.resizeNearestNeighbor(x, [12, 12]),
    "ResizeNearestNeighbor ResizeNearestNeighborGrad",
  ),
  "bilinear": each((x) => tf.image.resizeBilinear(x, [12, 12])),
  "depthToSpace": each(
    (x) => tf.depthToSpace(x, 2, "NHWC"),
    "DepthToSpace Transpose",
  ),
  "concat": each((x) => tf.concat([x, tf.neg(x)], 3), "Neg"),
  "split": each((x) => {
    const [a, b] = tf.split(x, 2, 3);
    return tf.mul(a!, tf.sigmoid(b!));
  }, "Sigmoid"),
  "slice": each((x) => tf.slice(x, [0, 0, 0, 1], [-1, -1, -1, 2]), "Slice"),
  "pad": each((x) => tf.pad(x, [[0, 0], [1, 1], [0, 2], [0, 0]]), "PadV2"),
  "mirrorPad": each((x) =>
    tf.mul(
      x,
      tf.slice(tf.pad(x, [[0, 0], [1, 0], [1, 0], [0, 0]]), [
        0,
        0,
        0,
        0,
      ], x.shape),
    )
  ),
  "transpose": each((x) => tf.transpose(x, [0, 3, 1, 2]), "Transpose"),
  "stack": each((x) => tf.stack([x, tf.square(x)], 4), "Pack"),
  "elu": each((x) => tf.elu(x), "Elu EluGrad"),
  "gelu": each(
    (x) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))),
    "Erf",
  ),
  "leakyRelu": each((x) => tf.leakyRelu(x, 0.1), "LeakyRelu"),
  "relu": each((x) => tf.relu(x), "Relu ReluGrad"),
  "relu6": each((x) => tf.relu6(x), "Relu6"),
  "selu": each((x) => tf.selu(x), "Selu"),
  "sigmoid gate": each((x) => tf.mul(tf.square(x), tf.sigmoid(x)), "Sigmoid"),
  "swish": each((x) => tf.mul(x, tf.sigmoid(x)), "Sigmoid"),
  "tanh": each((x) => tf.tanh(x), "Tanh"),
  "softplus": each((x) => tf.softplus(x), "Softplus"),
  "softplus differences": each((x) =>
    tf.sub(tf.softplus(tf.add(x, 0.2)), tf.softplus(tf.sub(x, 0.2)))
  ),
  "softmax": each((x) => tf.softmax(x), "Softmax"),
  "layer norm": each((x) => {
    const { mean, variance } = tf.moments(x, [1, 2, 3], true);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)));
  }, "Square"),
  "rows repeated by tile": each((x) => tf.tanh(repeat(x)), "Tile Tanh"),
  "rows repeated by gather": each((x) => {
    const rows = Array.from(
      { length: 3 * x.shape[0] },
      (_, i) => Math.floor(i / 3),
    );
    return tf.tanh(tf.gather(x, tf.tensor1d(rows, "int32")));
  }, "Tanh"),
  "bound over draws": each((x) => {
    const weight = tf.sum(tf.square(repeat(x)), 1);
    const byDraw = tf.reshape(
      tf.mul(
        weight,
        tf.tile([0.1, 0.2, 0.3], [
          x.shape[0],
        ]),
      ),
      [x.shape[0], 3],
    );
    return tf.logSumExp(byDraw, 1);
  }, "Tile"),
  "bound over draws, draws first": each((x) => {
    const draws = tf.mul(
      tf.expandDims(flat(x), 0),
      tf.reshape([0.1, 0.2, 0.3], [3, 1, 1]),
    );
    const rows = tf.tanh(tf.reshape(draws, [3 * x.shape[0], -1]));
    return tf.logSumExp(tf.reshape(tf.sum(rows, 1), [3, x.shape[0]]), 0);
  }),
  "stopped gradient": each((x) => tf.mul(x, stopGradient(x))),
};
