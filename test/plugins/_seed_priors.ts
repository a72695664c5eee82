/** The priors of the default config and their kin, with posteriors to try. @module */

import { tf } from "../../core/engine/tf.ts";
import { betainc, gammainc, ndtr } from "../../core/math/mod.ts";
import type { PriorReference, Tensor2D } from "../../core/mod.ts";
import { beta, gamma, gaussian } from "../../plugins/mod.ts";

interface Case {
  readonly title: string;
  readonly reference: PriorReference;
  /** Parameters of posteriors, from extreme to extreme; all lists of one length. */
  readonly posterior: Readonly<Record<string, readonly number[]>>;
  /** The posterior that is the prior. */
  readonly same: Readonly<Record<string, number>>;
  /** Distribution function of the prior. */
  cdf(x: Tensor2D): Tensor2D;
}

/** What each of them is held to. */
export const CASES: readonly Case[] = [
  {
    title: "Gaussian(0,1)",
    reference: gaussian(),
    posterior: { mean: [0, 2, -3, 0.5], scale: [1, 0.05, 0.5, 3] },
    same: { mean: 0, scale: 1 },
    cdf: (x) => ndtr(x) as Tensor2D,
  },
  {
    title: "Gaussian(1,2)",
    reference: gaussian({ mean: 1, variance: 2 }),
    posterior: { mean: [1, 4, -2, 0.5], scale: [1, 0.05, 0.5, 3] },
    same: { mean: 1, scale: Math.SQRT2 },
    cdf: (x) => ndtr(tf.div(tf.sub(x, 1), Math.SQRT2)) as Tensor2D,
  },
  {
    title: "Beta(1,1)",
    reference: beta({ alpha: 1, beta: 1 }),
    posterior: { alpha: [1, 0.5, 30, 3], beta: [1, 0.7, 5, 40] },
    same: { alpha: 1, beta: 1 },
    cdf: (x) => x,
  },
  {
    title: "Beta(2,5)",
    reference: beta({ alpha: 2, beta: 5 }),
    posterior: { alpha: [2, 0.9, 30, 3], beta: [5, 0.9, 60, 90] },
    same: { alpha: 2, beta: 5 },
    cdf: (x) => betainc(x, { a: 2, b: 5 }) as Tensor2D,
  },
  {
    title: "Beta(2,5), inverse CDF",
    reference: beta({ alpha: 2, beta: 5, sampler: "inverse-cdf" }),
    posterior: { alpha: [2, 0.9, 30, 3], beta: [5, 0.9, 60, 90] },
    same: { alpha: 2, beta: 5 },
    cdf: (x) => betainc(x, { a: 2, b: 5 }) as Tensor2D,
  },
  ...(["implicit", "inverse-cdf"] as const).map((sampler): Case => ({
    title: `Beta(1,1), moments, ${sampler}`,
    reference: beta({ head: "moments", sampler }),
    posterior: {
      mean: [0.5, 0.02, 0.9, 0.3],
      dispersion: [0.4, 0.02, 0.15, 0.4],
    },
    // nu = 2 less its floors of 1/30 over each half.
    same: { mean: 0.5, dispersion: 1 / (3 - 4 / 30) },
    cdf: (x) => x,
  })),
  {
    title: "Gamma(3,2)",
    reference: gamma({ concentration: 3, rate: 2 }),
    posterior: { concentration: [3, 0.3, 50, 1], rate: [2, 1, 20, 5] },
    same: { concentration: 3, rate: 2 },
    cdf: (x) => gammainc(3, tf.mul(x, 2)) as Tensor2D,
  },
  {
    title: "Gamma(0.3,0.3)",
    reference: gamma({ concentration: 0.3, rate: 0.3 }),
    posterior: { concentration: [0.3, 0.1, 5, 1], rate: [0.3, 1, 2, 5] },
    same: { concentration: 0.3, rate: 0.3 },
    cdf: (x) => gammainc(0.3, tf.mul(x, 0.3)) as Tensor2D,
  },
];
