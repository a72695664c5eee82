/**
 * The routes of the Beta prior: two heads that give a posterior its two
 * concentrations, and two ways to draw from it. What went wrong on them before,
 * and what each costs, says beta_routes.md.
 *
 * @module
 */

import {
  logitBetaincinv,
  ndtr,
  type Parameter,
  positive,
  type Posterior,
  type Random,
  type Tensor,
  type Tensor2D,
  tf,
  unit,
} from "../core/mod.ts";
import { endAt } from "./_ends.ts";

/** The two concentrations of Beta(alpha, beta): numbers, or tensors of one shape. */
export interface Concentrations<T = Tensor2D> {
  readonly alpha: T;
  readonly beta: T;
}

/** The concentrations themselves. */
export type SoftplusHead = Readonly<Record<"alpha" | "beta", Parameter>>;

/**
 * The method of moments: the mean, in (0, 1), and the dispersion, in (0, 1): the
 * variance as a part of mean (1 - mean), which no distribution on (0, 1) exceeds.
 */
export type MomentsHead = Readonly<Record<"mean" | "dispersion", Parameter>>;

/** How the network's outputs become concentrations. */
export type HeadRoute = "softplus" | "moments";
/** How a draw and its gradient come about. */
export type SamplerRoute = "implicit" | "inverse-cdf";

/**
 * The posterior's concentrations stay above the prior's over this. The KL is
 * about 30 nats there, whatever the prior: more than a coordinate ever tells.
 * Without it a rare test image gets a spike at 0 or 1, and thousands of nats.
 */
const FLOOR = 30;

/** Distance kept from 0 and 1: both log z and log(1 - z) stay finite in single precision. */
const MARGIN = 2 ** -23;

/**
 * The ends of draws. Numbers next to 1 lie 2^-24 apart: what is rounded to the
 * second one is held there, too.
 */
export const BETA_ENDS = {
  lower: endAt(MARGIN),
  upper: { held: MARGIN, beyond: Math.log(1.25 * MARGIN) },
} as const;

/** The head of a route, for `units` coordinates. */
export function betaHead(
  route: HeadRoute,
  { prior, units }: {
    readonly prior: Concentrations<number>;
    readonly units: number;
  },
): SoftplusHead | MomentsHead {
  if (route === "moments") {
    return {
      mean: { units, constrain: unit },
      dispersion: { units, constrain: unit },
    };
  }
  const { alpha, beta } = floorsOf(prior);
  return {
    alpha: { units, constrain: positive({ floor: alpha }) },
    beta: { units, constrain: positive({ floor: beta }) },
  };
}

/**
 * The concentrations `[B, D]` of a posterior of either head.
 *
 * For moments alpha = mean nu and beta = (1 - mean) nu with
 *
 *     nu = mean (1 - mean) / variance - 1 = (1 - dispersion) / dispersion,
 *
 * plus the least nu with which both are above their floors at this mean,
 * `floor of alpha / mean + floor of beta / (1 - mean)` (their sum, not the larger:
 * smooth). So nu is positive whatever the network says, and the mean is exact.
 */
export function concentrationsOf(
  posterior: Posterior<SoftplusHead> | Posterior<MomentsHead>,
  prior: Concentrations<number>,
): Concentrations {
  if (!("mean" in posterior)) return posterior;
  const { mean, dispersion } = posterior;
  const floors = floorsOf(prior);
  const rest = tf.sub(1, mean);
  const least = tf.add(tf.div(floors.alpha, mean), tf.div(floors.beta, rest));
  const nu = tf.add(tf.div(tf.sub(1, dispersion), dispersion), least);
  return { alpha: tf.mul(mean, nu), beta: tf.mul(rest, nu) };
}

/** Draws `[B, D]` from Beta(alpha, beta), differentiable in both, off the ends. */
export function drawBeta(
  route: SamplerRoute,
  concentrations: Concentrations<Tensor>,
  random: Random,
): Tensor2D {
  const logit = route === "implicit"
    ? logitOfGammas(concentrations, random)
    : logitOfQuantile(concentrations, random);
  return tf.clipByValue(tf.sigmoid(logit), MARGIN, 1 - MARGIN) as Tensor2D;
}

/**
 * z = G1 / (G1 + G2) with G1 ~ Gamma(alpha), G2 ~ Gamma(beta), both implicitly
 * reparameterised (Figurnov, Mohamed and Mnih 2018, eq. 5 and section 4), divided
 * in log space, where 0 / 0 cannot happen.
 */
function logitOfGammas(
  { alpha, beta }: Concentrations<Tensor>,
  random: Random,
) {
  return tf.sub(random.logGamma(alpha), random.logGamma(beta));
}

/**
 * z = F^-1(Phi(epsilon)) with epsilon ~ N(0, 1) and the gradient through the
 * distribution function, dz/dalpha = -(dF/dalpha) / q(z). Of epsilon > 0 the upper
 * tail is taken, from the other end: Phi(5) is 1 but for three units of single
 * precision, Phi(-5) has all its digits.
 */
function logitOfQuantile(
  { alpha, beta }: Concentrations<Tensor>,
  random: Random,
) {
  const epsilon = random.normal(alpha.shape);
  const upper = tf.greater(epsilon, 0);
  const logit = logitBetaincinv(ndtr(tf.neg(tf.abs(epsilon))), {
    a: tf.where(upper, beta, alpha),
    b: tf.where(upper, alpha, beta),
  });
  return tf.where(upper, tf.neg(logit), logit);
}

function floorsOf({ alpha, beta }: Concentrations<number>) {
  return { alpha: alpha / FLOOR, beta: beta / FLOOR };
}
