/**
 * Quadratures: means of a function by values at fixed nodes.
 *
 * @module
 */

/** Nodes with the probability that each stands for. */
export interface Quadrature {
  readonly nodes: readonly number[];
  /** They sum to 1. */
  readonly weights: readonly number[];
}

/** The quadrature of `density`, up to a factor, at `nodes`. */
export function quadrature(
  nodes: readonly number[],
  density: (node: number, index: number) => number,
): Quadrature {
  const values = nodes.map(density);
  const sum = values.reduce((a, b) => a + b, 0);
  return { nodes, weights: values.map((value) => value / sum) };
}
