/**
 * Kernels of the regularised incomplete beta function and of its inverse.
 *
 * @module
 */

import { type Tensor, tf } from "../tf.ts";
import { callKernel } from "./call.ts";
import type { GeneralKernel } from "./definition.ts";
import {
  betaLaw,
  distribution,
  logBeta,
  logDensity,
  quantileSlopes,
} from "./formula/beta_law.ts";
import type { Arithmetic } from "./formula/arithmetic.ts";
import { formulaKernel } from "./formula/kernel.ts";
import { quantile } from "./formula/quantile.ts";
import { EXACT, FINE } from "./formula/tail.ts";

/** Kernels of the incomplete beta function, its inverses, and their slopes. */
export const INCOMPLETE_BETA: readonly GeneralKernel[] = [
  formulaKernel({
    name: "Betainc",
    inputs: ["a", "b", "x"],
    formula(m, { a, b, x }) {
      const logX = m.log(x);
      const logRest = m.log1p(m.neg(x));
      const logit = m.sub(logX, logRest);
      const inside = distribution(m, { a, b, logit });
      // The ends, and NaN beyond them.
      const last = m.sub(1, m.exp(logRest));
      const [upTo1] = m.whereGreater(1, x, [inside], [last]);
      return m.whereGreater(x, 0, [upTo1], [m.exp(logX)])[0];
    },
    derivatives: {
      a: ([a, b, x]) => callKernel("BetaincSlopeA", { a: a!, b: b!, x: x! }),
      b: ([a, b, x]) => callKernel("BetaincSlopeB", { a: a!, b: b!, x: x! }),
      x: ([a, b, x]) => callKernel("BetaDensity", { a: a!, b: b!, x: x! }),
    },
  }),
  formulaKernel({
    name: "BetaincSlopeA",
    inputs: ["a", "b", "x"],
    formula: (m, at) => slopeAt(m, at, 0),
  }),
  formulaKernel({
    name: "BetaincSlopeB",
    inputs: ["a", "b", "x"],
    formula: (m, at) => slopeAt(m, at, 1),
  }),
  formulaKernel({
    name: "BetaDensity",
    inputs: ["a", "b", "x"],
    formula(m, { a, b, x }) {
      // 0 log 0 = 0.
      const logX = m.max(m.log(x), -1e30);
      const logRest = m.max(m.log1p(m.neg(x)), -1e30);
      const powers = m.add(
        m.mul(m.sub(a, 1), logX),
        m.mul(m.sub(b, 1), logRest),
      );
      return m.exp(m.sub(powers, logBeta(m, a, b)));
    },
  }),
  formulaKernel({
    name: "LogitBetaSlopeA",
    inputs: ["a", "b", "logit"],
    formula: (m, point) => quantileSlopes(m, point, FINE)[0],
  }),
  formulaKernel({
    name: "LogitBetaSlopeB",
    inputs: ["a", "b", "logit"],
    formula: (m, point) => quantileSlopes(m, point, FINE)[1],
  }),
  formulaKernel({
    name: "LogitBetaincinv",
    inputs: ["a", "b", "p"],
    formula: (m, { a, b, p }) => quantile(m, p, betaLaw(m, a, b)),
    derivatives: {
      a: ([a, b, , logit]) =>
        callKernel("LogitBetaSlopeA", { a: a!, b: b!, logit: logit! }),
      b: ([a, b, , logit]) =>
        callKernel("LogitBetaSlopeB", { a: a!, b: b!, logit: logit! }),
      p: (saved) => tf.reciprocal(densityOf(saved)),
    },
  }),
  formulaKernel({
    name: "Betaincinv",
    inputs: ["a", "b", "p"],
    formula(m, { a, b, p }) {
      const logit = quantile(m, p, betaLaw(m, a, b));
      return m.exp(m.neg(m.softplus(m.neg(logit))));
    },
    derivatives: {
      a: (saved) =>
        tf.mul(slopeOfLogit("LogitBetaSlopeA", saved), spread(saved)),
      b: (saved) =>
        tf.mul(slopeOfLogit("LogitBetaSlopeB", saved), spread(saved)),
      p: (saved) => tf.div(spread(saved), densityOf(saved)),
    },
  }),
  formulaKernel({
    // From p, since the density changes within the rounding of a quantile.
    name: "BetaQuantileDensity",
    inputs: ["a", "b", "p"],
    formula(m, { a, b, p }) {
      const logit = quantile(m, p, betaLaw(m, a, b));
      return m.exp(logDensity(m, { a, b, logit }));
    },
  }),
];

/** dF/da or dF/db: -f dy/da, the last factor taken at a fixed quantile. */
function slopeAt<T>(
  m: Arithmetic<T>,
  { a, b, x }: Readonly<Record<"a" | "b" | "x", T>>,
  shape: 0 | 1,
): T {
  const logit = m.sub(m.log(x), m.log1p(m.neg(x)));
  const at = { a, b, logit };
  const density = m.exp(logDensity(m, at));
  const inside = m.neg(m.mul(density, quantileSlopes(m, at, EXACT)[shape]));
  // Nothing moves at the ends.
  const [upTo1] = m.whereGreater(1, x, [inside], [m.mul(x, 0)]);
  return m.whereGreater(x, 0, [upTo1], [m.mul(x, 0)])[0];
}

/** Of a quantile's logit, not of the quantile, which float32 rounds next to 1. */
function slopeOfLogit(
  name: "LogitBetaSlopeA" | "LogitBetaSlopeB",
  saved: readonly Tensor[],
): Tensor {
  const [a, b] = saved as [Tensor, Tensor];
  return callKernel(name, { a, b, logit: logitOf(saved) });
}

/** dx / dlogit = x (1 - x). */
function spread(saved: readonly Tensor[]): Tensor {
  return tf.mul(saved[3]!, tf.sigmoid(tf.neg(logitOf(saved))));
}

/** The density of the logit at its quantile. */
function densityOf([a, b, p]: readonly Tensor[]): Tensor {
  return callKernel("BetaQuantileDensity", { a: a!, b: b!, p: p! });
}

/** The quantile's logit. A compiled program computes it once. */
function logitOf([a, b, p]: readonly Tensor[]): Tensor {
  return callKernel("LogitBetaincinv", { a: a!, b: b!, p: p! });
}
