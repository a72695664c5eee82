/**
 * Counts as people read them.
 *
 * @module
 */

/** `60,000`. */
export function formatCount(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 run`, `4 runs`; `1 axis`, `2 axes`. */
export function plural(
  count: number,
  noun: string,
  nouns: string = `${noun}s`,
): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`;
}

/** `all 4 runs`; `1 run`. */
export function allOf(count: number, noun: string): string {
  return `${count === 1 ? "" : "all "}${plural(count, noun)}`;
}
