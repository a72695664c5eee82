/**
 * Gauss and Legendre's rule for integrals over [0, 1].
 *
 * @module
 */

/** Points of [0, 1] and the weight of each. */
export interface Rule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The rule with `count` points: roots of the Legendre polynomial by Newton's
 * method (Abramowitz and Stegun 25.4.29), moved from [-1, 1].
 */
export function gaussLegendre(count: number): Rule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < count; i++) {
    let x = -Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
    let slope = 0;
    for (let step = 0; step < 8; step++) {
      let [before, value] = [1, x];
      for (let n = 2; n <= count; n++) {
        [before, value] = [
          value,
          ((2 * n - 1) * x * value - (n - 1) * before) / n,
        ];
      }
      slope = count * (x * value - before) / (x * x - 1);
      x -= value / slope;
    }
    nodes.push((1 + x) / 2);
    weights.push(1 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}
