/**
 * Statistics of the checks, and how sure a failure is.
 *
 * Every comparison with noise in it has the same chance of a false alarm,
 * {@link FALSE_ALARM}. A prior meets about five hundred of them, so that one
 * correct prior in a million would fail; seeds are fixed, so the same prior on
 * the same engine always gets the same verdict.
 *
 * @module
 */

/** Chance that one comparison fails where nothing is wrong. */
export const FALSE_ALARM = 2e-9;

/** Standard errors that a mean may be off: a normal draw is further out by {@link FALSE_ALARM}. */
export const SIGMAS = 6;

/**
 * Largest distance of distribution functions times the root of the number of
 * draws (Kolmogorov 1933): P(more) = 2 exp(-2 x^2), to its first term.
 */
export const LARGEST_DISTANCE: number = Math.sqrt(
  Math.log(2 / FALSE_ALARM) / 2,
);

/** A mean with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly error: number;
}

/** Mean of `values` and its standard error, summed in double precision. */
export function estimate(values: ArrayLike<number>): Estimate {
  return columnEstimates(values, 1)[0]!;
}

/** Means and standard errors of the columns of a matrix given row by row. */
export function columnEstimates(
  values: ArrayLike<number>,
  columns: number,
): readonly Estimate[] {
  const rows = values.length / columns;
  return Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (let i = column; i < values.length; i += columns) sum += values[i]!;
    const mean = sum / rows;
    let squares = 0;
    for (let i = column; i < values.length; i += columns) {
      squares += (values[i]! - mean) ** 2;
    }
    return { mean, error: Math.sqrt(squares / (rows * (rows - 1))) };
  });
}

/** The value below which the share `level` of `sorted` lies. */
export function quantile(sorted: Float64Array, level: number): number {
  const index = Math.round(level * (sorted.length - 1));
  return sorted[index]!;
}

/** How many of `sorted` are at most `value`. */
export function countUpTo(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The two-sample distance of Smirnov (1939): of the two empirical distribution
 * functions, times sqrt(n m / (n + m)); to be compared with
 * {@link LARGEST_DISTANCE}.
 */
export function distanceOfSamples(
  first: Float64Array,
  second: Float64Array,
): number {
  const [a, b] = [first.toSorted(), second.toSorted()];
  let distance = 0;
  for (const value of [...a, ...b]) {
    const difference = countUpTo(a, value) / a.length -
      countUpTo(b, value) / b.length;
    distance = Math.max(distance, Math.abs(difference));
  }
  return distance * Math.sqrt(a.length * b.length / (a.length + b.length));
}
