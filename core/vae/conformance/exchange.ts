/**
 * Whether draws of two distributions fit their densities, in any number of
 * dimensions: for densities a and b, and any function f,
 *
 *     E_a[f b / (a + b)] = E_b[f a / (a + b)],
 *
 * both being the integral of f a b / (a + b) (Bennett 1976, "Efficient
 * estimation of free energy differences from Monte Carlo data", eq. 7). Unlike
 * importance weights, b / (a + b) is bounded: the means settle whatever the
 * tails.
 *
 * @module
 */

import type { Support } from "../plugin/support.ts";
import type { Comparison } from "./check.ts";
import { columnEstimates, quantile, SIGMAS } from "./statistics.ts";
import type { Matrix } from "./tensors.ts";
import { isTrusted } from "./test_functions.ts";

/** Draws of a distribution, and log b - log a at each of them. */
export interface RatedDraws {
  readonly draws: Matrix;
  readonly logRatio: Float32Array;
}

/** Options of {@link compareExchange}. */
export interface ExchangeOptions {
  readonly title: string;
  readonly support: Support;
}

/** Of the densities, in single precision. */
const ROUNDING = 1e-4;

/**
 * The two means for f = 1 and for each coordinate, squashed; `first` are draws
 * of a, `second` of b.
 */
export function compareExchange(
  first: RatedDraws,
  second: RatedDraws,
  { title, support }: ExchangeOptions,
): Comparison[] {
  const functions = boundedFunctions(support, first.draws);
  const [a, b] = [functions(first, 1), functions(second, -1)];
  return a.map(({ mean, error }, i) => ({
    what: i === 0
      ? `the share that ${title} exchange`
      : `what ${title} exchange in coordinate ${i - 1}`,
    found: mean,
    wanted: b[i]!.mean,
    allowed: SIGMAS * Math.hypot(error, b[i]!.error) + ROUNDING,
  }));
}

function boundedFunctions(support: Support, { values, columns }: Matrix) {
  const scales = Array.from({ length: columns }, (_, column) => {
    const list = Float64Array.from(
      values.filter((_, i) => i % columns === column),
    ).sort();
    const spread = quantile(list, 0.75) - quantile(list, 0.25);
    return { middle: quantile(list, 0.5), spread: spread || 1 };
  });
  return ({ draws, logRatio }: RatedDraws, sign: 1 | -1) => {
    const terms = new Float64Array(draws.rows * (columns + 1));
    for (let row = 0; row < draws.rows; row++) {
      const latent = draws.values.subarray(row * columns, (row + 1) * columns);
      if (!isTrusted(support, latent)) continue;
      const share = 1 / (1 + Math.exp(-sign * logRatio[row]!));
      terms[row * (columns + 1)] = share;
      latent.forEach((z, i) => {
        const u = (z - scales[i]!.middle) / scales[i]!.spread;
        terms[row * (columns + 1) + 1 + i] = share * u / (1 + Math.abs(u));
      });
    }
    return columnEstimates(terms, columns + 1);
  };
}
