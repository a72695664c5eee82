/**
 * Whether generated images are nearer to the training images than they ought to
 * be: memorisation.
 *
 * @module
 */

import type { Estimate } from "../model/artifacts.ts";

/**
 * The probability that a generated image is nearer to its nearest training image
 * than an unseen image is to its own, equal distances counted half: the
 * Mann-Whitney statistic of the global test of Meehan, Chaudhuri and Dasgupta
 * 2020 ("A non-parametric test to detect data-copying in generative models",
 * section 2.2). 1/2 where both are as near, towards 1 where the model copies,
 * towards 0 where it generates what is unlike all training images.
 *
 * @param generated distances of generated images from the training images
 * @param unseen those of images that were not trained on
 * @returns with the standard error of DeLong et al. 1988
 */
export function copyingProbability(
  generated: Float64Array,
  unseen: Float64Array,
): Estimate {
  const nearer = (a: number, b: number) => a < b ? 1 : a === b ? 0.5 : 0;
  const ofGenerated = generated.map((a) =>
    mean(unseen.map((b) => nearer(a, b)))
  );
  const ofUnseen = unseen.map((b) => mean(generated.map((a) => nearer(a, b))));
  return {
    mean: mean(ofGenerated),
    standardError: Math.sqrt(
      variance(ofGenerated) / generated.length +
        variance(ofUnseen) / unseen.length,
    ),
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: Float64Array): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) /
    (values.length - 1);
}
