/** Posterior means of the test images. @module */

import { createProgram } from "../engine/program/create.ts";
import { type Tensor2D, tf } from "../engine/tf.ts";
import { encode } from "../vae/model/network.ts";
import { requireNumbers } from "../vae/stages/_finite.ts";
import type { ConvertedTrial } from "./format.ts";

const BATCH = 500;

/**
 * `posteriorMean` of each test image in its grey values, `[N, S]`, row by row.
 *
 * @throws {RunError} naming the prior, where they are no numbers.
 */
export function encodedMeans(trial: ConvertedTrial): Float32Array {
  const { images, count } = trial.test!;
  const { inputSize, latentWidth } = trial.training.architecture;
  const rows = Math.min(BATCH, count);
  const means = new Float32Array(count * latentWidth);
  const program = createProgram({
    variables: trial.weights,
    inputs: { pixels: { shape: [rows, inputSize], dtype: "uint8" } },
    compute: (weights, { pixels }) => {
      const images = tf.mul(pixels!, 1 / 255) as Tensor2D;
      const posterior = encode(trial.model, weights, images);
      return { means: trial.model.prior.posteriorMean(posterior) };
    },
  });
  try {
    for (let begin = 0; begin < count; begin += rows) {
      // The last batch overlaps where the count does not divide.
      const start = Math.min(begin, count - rows);
      const pixels = images.subarray(
        start * inputSize,
        (start + rows) * inputSize,
      );
      means.set(program.run({ pixels })["means"]!, start * latentWidth);
    }
  } finally {
    program.dispose();
  }
  const { prior } = trial.plan.values;
  requireNumbers({ "values of posteriorMean": means }, {
    prior,
    stage: "convert",
  });
  return means;
}
