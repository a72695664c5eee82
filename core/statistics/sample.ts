/**
 * What was measured of a configuration, and its moments.
 *
 * @module
 */

/** A figure of one configuration, by the seeds that it was trained with. */
export interface Sample {
  /** Of each seed, at least one. */
  readonly values: readonly number[];
  /**
   * What each value is the mean of, `[images]` of the same images in the same
   * order; null where it is not known of every seed.
   */
  readonly terms: readonly ArrayLike<number>[] | null;
  /** Standard error of each value over the images; null where one has none. */
  readonly errors: readonly number[] | null;
}

/** Moments of a {@link Sample}. */
export interface Moments {
  readonly seeds: number;
  readonly mean: number;
  /** Variance of the values from seed to seed; null of one seed. */
  readonly between: number | null;
  /** Means over the seeds, image by image. */
  readonly images: Float64Array | null;
  /** Mean square of what neither seed nor image explains; 0 of one seed. */
  readonly residual: number;
  /** Squared standard error over the images, mean over the seeds. */
  readonly error: number | null;
}

/** Moments of what was measured. */
export function momentsOf({ values, terms, errors }: Sample): Moments {
  const seeds = values.length;
  const mean = meanOf(values);
  const images = terms && imageMeans(terms);
  return {
    seeds,
    mean,
    between: seeds > 1 ? varianceOf(values) : null,
    images,
    residual: images === null || seeds < 2 ? 0 : residualOf(terms!, images),
    error: errors && meanOf(errors.map((error) => error ** 2)),
  };
}

/** The mean, in double precision. */
function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** The variance with n - 1 in the denominator, of two values or more. */
export function varianceOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return squares / (values.length - 1);
}

function imageMeans(terms: readonly ArrayLike<number>[]): Float64Array {
  const means = new Float64Array(terms[0]!.length);
  for (const one of terms) {
    for (let i = 0; i < means.length; i++) means[i]! += one[i]! / terms.length;
  }
  return means;
}

/** The mean square of the interaction in a table of seeds by images. */
function residualOf(
  terms: readonly ArrayLike<number>[],
  images: Float64Array,
): number {
  const whole = meanOf(images);
  let squares = 0;
  for (const one of terms) {
    const seed = meanOf(one) - whole;
    for (let i = 0; i < images.length; i++) {
      squares += (one[i]! - images[i]! - seed) ** 2;
    }
  }
  return squares / ((terms.length - 1) * Math.max(1, images.length - 1));
}
