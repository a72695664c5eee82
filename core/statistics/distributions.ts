/// <reference path="./cephes.d.ts" />
/**
 * Student's t distribution, of Cephes, which SciPy has it of, too.
 *
 * @module
 */

import { createRequire } from "node:module";

/** Two-sided probabilities of Student's t; the normal's where `degrees` is infinite. */
export interface Distributions {
  /** The t that |T| is beyond with probability `alpha`, in (0, 1). */
  readonly quantile: (alpha: number, degrees: number) => number;
  /** The probability that |T| is beyond |t|. */
  readonly tail: (t: number, degrees: number) => number;
}

/** Above this the normal distribution is as near as Cephes' own digits. */
const NORMAL = 1e7;

/** Loads them: a cached run needs none. */
export async function loadDistributions(): Promise<Distributions> {
  // Required, for its ES module sets __proto__, which Deno refuses.
  const require = createRequire(import.meta.url);
  const cephes = require("cephes") as typeof import("cephes");
  await cephes.compiled;
  // |T| > t where a beta variable is below v / (v + t^2).
  return {
    quantile: (alpha, degrees) => {
      if (degrees > NORMAL) return -cephes.ndtri(alpha / 2);
      const x = cephes.incbi(degrees / 2, 0.5, alpha);
      return Math.sqrt(degrees * (1 - x) / x);
    },
    tail: (t, degrees) =>
      degrees > NORMAL
        ? 2 * cephes.ndtr(-Math.abs(t))
        : cephes.incbet(degrees / 2, 0.5, degrees / (degrees + t * t)),
  };
}
