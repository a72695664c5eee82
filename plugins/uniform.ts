/**
 * A uniform prior on an interval in every latent coordinate, with a Gaussian
 * posterior truncated to it.
 *
 * Sampler: the inverse CDF, location + scale Phi^-1(p) with p uniform between
 * the probabilities of the two ends.
 * KL: the logarithm of the interval's length less the entropy of the truncated
 * Gaussian (Johnson, Kotz and Balakrishnan 1994, "Continuous univariate
 * distributions", volume 1, section 10.1).
 *
 * @module
 */

import {
  definePrior,
  interval,
  ndtr,
  ndtri,
  softplus,
  type Tensor,
  type Tensor2D,
  tf,
  unit,
  v,
} from "../core/mod.ts";
import { finiteNumber } from "./_options.ts";

/**
 * The prior Uniform(lower, upper). `location` and `scale` of the posterior are
 * the mean and the standard deviation that the Gaussian has before it is
 * truncated. It is uniform in the limit of a large scale: at the largest, 10
 * lengths of the interval, the KL is below 1e-6 nats.
 */
export default definePrior({
  name: "uniform",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Uniform on an interval with a truncated Gaussian posterior",
  options: v.pipe(
    v.strictObject({
      lower: finiteNumber("lower end of the interval", -1, [-1000, 1000]),
      upper: finiteNumber("upper end of the interval", 1, [-1000, 1000]),
    }),
    v.check(({ lower, upper }) => lower < upper, "want lower below upper"),
  ),
  head: ({ lower, upper }, { latentDim }) => ({
    location: {
      units: latentDim,
      constrain: (raw) => tf.add(lower, tf.mul(upper - lower, unit(raw))),
    },
    scale: {
      units: latentDim,
      constrain: (raw) => tf.mul(upper - lower, width(raw)),
    },
  }),
  create({ lower, upper }, { latentDim }) {
    const length = upper - lower;
    const place = (at: Tensor): Tensor2D =>
      tf.add(lower, tf.mul(length, tf.clipByValue(at, MARGIN, 1 - MARGIN)));
    const standardise = ({ location, scale }: Gaussian) =>
      truncate(
        tf.div(tf.sub(location, lower), length),
        tf.div(scale, length),
      );
    return {
      support: interval(lower, upper),
      reparameterization: "explicit",
      sample(posterior, random) {
        const { at, scale, below, above, mass } = standardise(posterior);
        const uniform = random.uniform(at.shape);
        // Counted from the nearer end: Phi^-1 is blunt for p close to 1.
        const fromBelow = tf.add(below, tf.mul(uniform, mass));
        const fromAbove = tf.add(above, tf.mul(tf.sub(1, uniform), mass));
        const sign = tf.sign(tf.sub(fromBelow, fromAbove));
        const quantile = ndtri(tf.minimum(fromBelow, fromAbove));
        return place(tf.sub(at, tf.mul(scale, tf.mul(sign, quantile))));
      },
      klDivergence(posterior) {
        const { scale, toLower, toUpper, mass } = standardise(posterior);
        const ends = tf.add(
          tf.mul(toLower, density(toLower)),
          tf.mul(toUpper, density(toUpper)),
        );
        const terms = tf.sub(
          tf.div(ends, tf.mul(2, mass)),
          tf.log(tf.mul(scale, mass)),
        );
        return tf.sum(tf.sub(terms, HALF_LOG_2_PI + 0.5), 1);
      },
      posteriorMean(posterior) {
        const { at, scale, toLower, toUpper, mass } = standardise(posterior);
        const pull = tf.div(tf.sub(density(toLower), density(toUpper)), mass);
        return place(tf.add(at, tf.mul(scale, pull)));
      },
      priorSample: (count, random) => place(random.uniform([count, latentDim])),
      densities: {
        posterior(posterior, latent) {
          const { location, scale } = posterior;
          const { mass } = standardise(posterior);
          const standard = tf.div(tf.sub(latent, location), scale);
          const logKernel = tf.mul(-0.5, tf.square(standard));
          const logNormalizer = tf.add(
            tf.log(tf.mul(scale, mass)),
            HALF_LOG_2_PI,
          );
          return tf.sum(tf.sub(logKernel, logNormalizer), 1);
        },
        prior: (latent) =>
          tf.fill([latent.shape[0]], -latentDim * Math.log(length)),
      },
    };
  },
});

type Gaussian = Readonly<Record<"location" | "scale", Tensor>>;

/** The Gaussian truncated to (0, 1): its distances to the ends and its mass. */
function truncate(at: Tensor, scale: Tensor) {
  const toLower = tf.div(at, scale);
  const toUpper = tf.div(tf.sub(1, at), scale);
  const below = ndtr(tf.neg(toLower));
  const above = ndtr(tf.neg(toUpper));
  const mass = tf.sub(1, tf.add(below, above));
  return { at, scale, toLower, toUpper, below, above, mass };
}

/** The standard normal density. */
function density(x: Tensor): Tensor {
  return tf.exp(tf.sub(tf.mul(-0.5, tf.square(x)), HALF_LOG_2_PI));
}

/** Scales over the interval's length: 1e-3 to 10, the wider all alike. */
function width(raw: Tensor2D): Tensor2D {
  const free = softplus(raw, 1e-3);
  return tf.div(tf.mul(free, 10), tf.add(free, 10));
}

const HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

/** Distance kept from the ends, in lengths of the interval. */
const MARGIN = 2 ** -23;
