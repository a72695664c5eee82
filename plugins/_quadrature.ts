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

/**
 * Gauss and Legendre's quadrature of `count` nodes on (0, 1): exact for
 * polynomials of a degree below 2 `count`.
 */
export function gaussLegendre(count: number): Quadrature {
  const roots = Array.from({ length: count }, (_, i) => {
    let x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
    // Newton's steps, each of which doubles the digits.
    for (let step = 0; step < 6; step++) {
      const [value, derivative] = legendre(count, x);
      x -= value / derivative;
    }
    return x;
  });
  return quadrature(
    roots.map((x) => (1 + x) / 2),
    (_, i) => {
      const x = roots[i]!;
      const [, derivative] = legendre(count, x);
      return 1 / ((1 - x * x) * derivative ** 2);
    },
  );
}

/** The Legendre polynomial of `degree` at `x`, and its derivative. */
function legendre(degree: number, x: number): readonly [number, number] {
  let [before, value] = [1, x];
  for (let k = 2; k <= degree; k++) {
    [before, value] = [
      value,
      ((2 * k - 1) * x * value - (k - 1) * before) / k,
    ];
  }
  return [value, degree * (x * value - before) / (x * x - 1)];
}
