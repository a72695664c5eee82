/**
 * What the functions of this folder take: tensors of any number type, and
 * numbers, brought to float32 tensors of one shape.
 *
 * @module
 */

import { type Tensor, tf } from "../engine/tf.ts";

/** A tensor, or a number that stands for a scalar one. */
export type TensorOrNumber = Tensor | number;

/** `x` as a float32 tensor. */
export function toFloat(x: TensorOrNumber): Tensor {
  if (typeof x === "number") return tf.scalar(x);
  return x.dtype === "float32" ? x : tf.cast(x, "float32");
}

/** The arguments as float32 tensors of the shape they broadcast to. */
export function toOneShape(...arguments_: TensorOrNumber[]): Tensor[] {
  const tensors = arguments_.map(toFloat);
  const shape = tensors.map((tensor) => tensor.shape).reduce((a, b) =>
    tf.broadcast_util.assertAndGetBroadcastShape(a, b)
  );
  return tensors.map((tensor) =>
    tf.util.arraysEqual(tensor.shape, shape)
      ? tensor
      : tf.broadcastTo(tensor, shape)
  );
}
