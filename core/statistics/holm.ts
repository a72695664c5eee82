/**
 * Holm's adjustment (1979): of all that is said of the pairs of a table, the
 * probability that anything is wrong stays below `alpha`.
 *
 * @module
 */

/** What became of one of several tests. */
export interface Adjusted {
  /** The adjusted probability: told apart where it is at most `alpha`. */
  readonly adjusted: number;
  /**
   * What `alpha` is divided by at its step: the interval at `alpha / divisor`
   * leaves 0 out where the difference is told, and nowhere else.
   */
  readonly divisor: number;
}

/** Adjusts probabilities, in their order. */
export function holm(
  probabilities: readonly number[],
  alpha: number,
): readonly Adjusted[] {
  const count = probabilities.length;
  const order = probabilities.map((_, i) => i)
    .sort((a, b) => probabilities[a]! - probabilities[b]! || a - b);
  const results: Adjusted[] = [];
  let adjusted = 0;
  let divisor = count;
  let hasStopped = false;
  order.forEach((place, rank) => {
    if (!hasStopped) divisor = count - rank;
    const step = Math.min(1, probabilities[place]! * (count - rank));
    adjusted = Math.max(adjusted, step);
    hasStopped ||= adjusted > alpha;
    results[place] = { adjusted, divisor };
  });
  return results;
}
