/**
 * The gradient of depthToSpace, which TensorFlow.js leaves out.
 *
 * @module
 */

import type { Tensor } from "@tensorflow/tfjs";
import { tf } from "../tf.ts";

/** Makes depthToSpace differentiable; for every engine. */
export function registerRearrangementGradient(): void {
  if (tf.getGradient("DepthToSpace") !== undefined) return;
  tf.registerGradient({
    kernelName: "DepthToSpace",
    gradFunc: (dy, _, attributes) => {
      const { blockSize, dataFormat } = attributes as unknown as {
        blockSize: number;
        dataFormat: string;
      };
      if (dataFormat !== "NHWC") {
        throw new Error(
          `Cannot differentiate depthToSpace: data format is ${dataFormat}, want NHWC`,
        );
      }
      return { x: () => spaceToDepth(dy as Tensor, blockSize) };
    },
  });
}

/** `[B, H n, W n, C]` to `[B, H, W, n n C]`: channels are those of the block's pixels in a row. */
function spaceToDepth(x: Tensor, n: number): Tensor {
  const [batch, height, width, channels] = x.shape as [
    number,
    number,
    number,
    number,
  ];
  const [rows, columns] = [height / n, width / n];
  const blocks = tf.transpose(
    tf.reshape(x, [batch * rows, n, columns, n * channels]),
    [0, 2, 1, 3],
  );
  return tf.reshape(blocks, [batch, rows, columns, n * n * channels]);
}
