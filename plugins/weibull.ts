/**
 * A Weibull prior in every latent coordinate, or a Gamma one, with a Weibull
 * posterior. A Weibull is close to a Gamma in shape, and its draws are a plain
 * transform of noise, which a Gamma's are not.
 *
 * Sampler: scale E^(1 / concentration) with an exponential draw E, in log space.
 * KL to a Weibull: Bauckhage 2013, "Computing the Kullback-Leibler divergence
 * between two Weibull distributions", eq. 9. KL to a Gamma: Zhang, Chen, Guo and
 * Zhou 2018, "WHAI: Weibull hybrid autoencoding inference for deep topic
 * modeling", eq. 3.
 *
 * @module
 */

import {
  definePrior,
  lgamma,
  positive,
  positiveReal,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import { isHeld, logPower } from "./_ends.ts";
import { fromLog, LARGEST_LOG, LEAST, log1mExpOr } from "./_log_space.ts";
import { positiveNumber } from "./_options.ts";

/**
 * The prior Weibull(concentration, scale) or, with `prior: "gamma"`, the Gamma
 * distribution of that shape and scale (the inverse of its rate):
 * `weibull({ prior: "gamma", concentration: 3, scale: 0.5 })` is the prior of
 * `gamma({ concentration: 3, rate: 2 })`. Neither scale is a standard deviation.
 */
export default definePrior({
  name: "weibull",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Weibull or Gamma with a Weibull posterior",
  options: v.strictObject({
    prior: v.optional(
      v.pipe(
        v.picklist(["weibull", "gamma"]),
        v.description("family of the prior; the posterior is a Weibull"),
      ),
      "weibull",
    ),
    concentration: positiveNumber("shape of the prior", 2, [0.2, 10]),
    scale: positiveNumber("scale of the prior, for a Gamma 1 / rate", 1),
  }),
  label: ({ prior, concentration, scale }) =>
    prior === "weibull"
      ? `Weibull(${concentration},${scale})`
      : `Weibull to Gamma(${concentration},1/${scale})`,
  head: ({ prior, concentration }, { latentDim }) => {
    const floor = (prior === "weibull" ? concentration : 1) / FLOOR;
    return {
      concentration: { units: latentDim, constrain: positive({ floor }) },
      scale: { units: latentDim, constrain: positive() },
    };
  },
  create(options, { latentDim }) {
    const { concentration: shape, scale: unit } = options;
    const isWeibull = options.prior === "weibull";
    // The prior's density falls as exp(-z^power); what it is divided by.
    const power = isWeibull ? shape : 1;
    const logNormalizer = () =>
      isWeibull ? tf.scalar(-Math.log(shape)) : lgamma(tf.scalar(shape));
    return {
      support: positiveReal,
      reparameterization: "explicit",
      sample: ({ concentration, scale }, random) =>
        draw(random.uniform(scale.shape), { concentration, scale }),
      klDivergence({ concentration, scale }) {
        const logScale = tf.log(tf.div(scale, unit));
        const mean = tf.sub(logScale, tf.div(EULER, concentration));
        const logMoment = tf.add(
          tf.mul(power, logScale),
          lgamma(tf.add(1, tf.div(power, concentration))),
        );
        const terms = tf.addN([
          tf.log(concentration),
          tf.mul(-shape, mean),
          tf.exp(tf.minimum(logMoment, LARGEST_LOG)),
        ]);
        return tf.sum(tf.add(terms, tf.sub(logNormalizer(), EULER + 1)), 1);
      },
      posteriorMean: ({ concentration, scale }) =>
        fromLog(
          tf.add(tf.log(scale), lgamma(tf.add(1, tf.div(1, concentration)))),
        ),
      priorSample(count, random) {
        const size: [number, number] = [count, latentDim];
        return isWeibull
          ? draw(random.uniform(size), { concentration: shape, scale: unit })
          : fromLog(
            tf.add(random.logGamma(tf.fill(size, shape)), Math.log(unit)),
          );
      },
      densities: {
        posterior: logDensity,
        prior(latent) {
          if (isWeibull) {
            return logDensity({ concentration: shape, scale: unit }, latent);
          }
          const terms = tf.sub(
            tf.sub(logPower(latent, shape, LEAST), tf.div(latent, unit)),
            tf.add(logNormalizer(), shape * Math.log(unit)),
          );
          return tf.sum(terms, 1);
        },
      },
    };
  },
});

type Weibull = Readonly<Record<"concentration" | "scale", Tensor | number>>;

function draw(
  uniform: Tensor,
  { concentration, scale }: Weibull,
): Tensor2D {
  const exponential = tf.neg(tf.log(uniform));
  return fromLog(
    tf.add(tf.log(scale), tf.div(tf.log(exponential), concentration)),
  );
}

function logDensity(
  { concentration, scale }: Weibull,
  latent: Tensor2D,
): Tensor1D {
  const logLatent = tf.sub(tf.log(latent), tf.log(scale));
  const power = tf.mul(concentration, logLatent);
  // exp(-fall) is above z.
  const fall = tf.exp(power);
  const density = tf.add(
    tf.sub(tf.sub(power, logLatent), fall),
    tf.log(tf.div(concentration, scale)),
  );
  const above = tf.greaterEqual(latent, MOST);
  const held = tf.where(above, tf.neg(fall), log1mExpOr(fall, power));
  const isEnd = tf.logicalOr(above, isHeld(latent, LEAST));
  return tf.sum(tf.where(isEnd, held, density), 1);
}

/** The upper end of draws. */
const MOST = Math.exp(LARGEST_LOG) * (1 - 2 ** -20);

/** Euler's constant: -log E has this mean. */
const EULER = 0.5772156649015329;

/**
 * The posterior's concentration stays above the prior's over this: below it,
 * the mean of the prior's exponent, Gamma(1 + 5) and more, is a number that
 * training does not come back from.
 */
const FLOOR = 5;
