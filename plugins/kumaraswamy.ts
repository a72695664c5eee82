/**
 * A Kumaraswamy prior in every latent coordinate, or a Beta one, with a
 * Kumaraswamy posterior. It is close to a Beta in shape, and its draws are a
 * plain transform of noise, which a Beta's are not.
 *
 * Density: a b z^(a - 1) (1 - z^a)^(b - 1); z = (1 - u^(1/b))^(1/a) with uniform
 * u is a draw, taken in log space (Kumaraswamy 1980).
 *
 * KL: Nalisnick and Smyth 2017, "Stick-breaking variational autoencoders",
 * eq. 11. All terms but one are closed forms; that one, the mean of log(1 - z)
 * of a Beta prior, or of log(1 - z^a) of a Kumaraswamy one, they expand into a
 * series, whose terms fall slowly and all have one sign, so that cutting it off
 * is a bias. Here it is a quadrature, with an error below 1e-5 of the KL. A
 * prior with b = 1 does not have the term, and its KL is exact.
 *
 * @module
 */

import {
  definePrior,
  digamma,
  logBeta,
  positive,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  unitInterval,
  v,
} from "../core/mod.ts";
import { endAt, isHeld, logPower } from "./_ends.ts";
import { log1mExp, log1mExpOr } from "./_log_space.ts";
import { positiveNumber } from "./_options.ts";
import { quadrature } from "./_quadrature.ts";

/**
 * The prior Kumaraswamy(a, b) or, with `prior: "beta"`, Beta(a, b). With a = b =
 * 1 both are uniform on (0, 1).
 */
export default definePrior({
  name: "kumaraswamy",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Kumaraswamy or Beta with a Kumaraswamy posterior",
  options: v.strictObject({
    prior: v.optional(
      v.pipe(
        v.picklist(["kumaraswamy", "beta"]),
        v.description("family of the prior; the posterior is a Kumaraswamy"),
      ),
      "kumaraswamy",
    ),
    a: positiveNumber("first concentration of the prior", 1, [0.01, 100]),
    b: positiveNumber("second concentration of the prior", 1, [0.01, 100]),
  }),
  label: ({ prior, a, b }) =>
    prior === "kumaraswamy"
      ? `Kumaraswamy(${a},${b})`
      : `Kumaraswamy to Beta(${a},${b})`,
  head: (prior, { latentDim }) => ({
    a: { units: latentDim, constrain: positive({ floor: prior.a / FLOOR }) },
    b: { units: latentDim, constrain: positive({ floor: prior.b / FLOOR }) },
  }),
  create({ prior: family, ...prior }, { latentDim }) {
    const isBeta = family === "beta";
    const logNormalizer = () =>
      isBeta
        ? logBeta(prior.a, prior.b)
        : tf.scalar(-Math.log(prior.a * prior.b));
    return {
      support: unitInterval,
      reparameterization: "explicit",
      sample: ({ a, b }, random) => draw(random.uniform(a.shape), { a, b }),
      klDivergence({ a, b }) {
        const meanLog = tf.div(
          tf.neg(tf.add(digamma(tf.add(b, 1)), EULER)),
          a,
        );
        const entropy = tf.sub(tf.log(tf.mul(a, b)), tf.sub(1, tf.div(1, b)));
        const closed = tf.addN([
          entropy,
          tf.mul(tf.sub(a, prior.a), meanLog),
        ]);
        const power = tf.div(isBeta ? 1 : prior.a, a);
        const terms = prior.b === 1
          ? closed
          : tf.sub(closed, tf.mul(prior.b - 1, meanLogRest(power, b)));
        return tf.sum(tf.add(terms, logNormalizer()), 1);
      },
      // E z = b B(1 + 1 / a, b).
      posteriorMean: ({ a, b }) =>
        tf.mul(b, tf.exp(logBeta(tf.add(1, tf.div(1, a)), b))),
      priorSample(count, random) {
        const size: [number, number] = [count, latentDim];
        if (!isBeta) return draw(random.uniform(size), prior);
        const logit = tf.sub(
          random.logGamma(tf.fill(size, prior.a)),
          random.logGamma(tf.fill(size, prior.b)),
        );
        return inside(tf.sigmoid(logit));
      },
      densities: {
        posterior: logDensity,
        prior(latent) {
          if (!isBeta) return logDensity(prior, latent);
          const kernel = tf.add(
            logPower(latent, prior.a, LOWER),
            logPower(tf.sub(1, latent), prior.b, UPPER),
          );
          return tf.sum(tf.sub(kernel, logNormalizer()), 1);
        },
      },
    };
  },
});

type Kumaraswamy = Readonly<Record<"a" | "b", Tensor | number>>;

function draw(uniform: Tensor, { a, b }: Kumaraswamy): Tensor2D {
  const exponential = tf.div(tf.neg(tf.log(uniform)), b);
  return inside(tf.exp(tf.div(log1mExp(exponential), a)));
}

function logDensity({ a, b }: Kumaraswamy, latent: Tensor2D): Tensor1D {
  const isLow = isHeld(latent, LOWER);
  const isHigh = isHeld(tf.sub(1, latent), UPPER);
  // Of those held next to 1, the furthest.
  const logLatent = tf.where(
    isHigh,
    tf.add(tf.zerosLike(latent), -Math.exp(UPPER.beyond)),
    tf.log(latent),
  );
  const logRest = log1mExp(tf.neg(tf.mul(a, logLatent)));
  const kernel = tf.add(
    tf.mul(tf.sub(a, 1), logLatent),
    tf.mul(tf.sub(b, 1), logRest),
  );
  const density = tf.add(kernel, tf.log(tf.mul(a, b)));
  // (1 - z^a)^b is above z.
  const logAbove = tf.mul(b, logRest);
  const logBelow = log1mExpOr(
    tf.neg(logAbove),
    tf.add(tf.log(b), tf.mul(a, logLatent)),
  );
  const held = tf.where(isHigh, logAbove, logBelow);
  return tf.sum(tf.where(tf.logicalOr(isLow, isHigh), held, density), 1);
}

/** Keeps draws off 0 and 1, where log z and log(1 - z) are infinite in float32. */
function inside(latent: Tensor): Tensor2D {
  return tf.clipByValue(latent, LOWER.held, 1 - UPPER.held) as Tensor2D;
}

const LOWER = endAt(1e-37);
/** Numbers next to 1 lie 2^-24 apart, and what is rounded to the first is held there. */
const UPPER = { held: 2 ** -24, beyond: Math.log(1.5 * 2 ** -24) };

/**
 * E log(1 - v^power) for v = 1 - e^(-x / b), x exponential: what a draw's
 * z^a is. As -1 / b = E log(1 - v), the quadrature is of the ratio of the two,
 * which is bounded.
 */
function meanLogRest(power: Tensor, b: Tensor): Tensor {
  const decay = tf.div(EXPONENTIAL.nodes, tf.expandDims(b, 2));
  const rate = tf.expandDims(power, 2);
  // Where e^-x is below float32's step the ratio is its limit, the power.
  const near = tf.minimum(decay, FAR);
  const logRatio = tf.where(
    tf.greater(decay, FAR),
    tf.add(tf.zerosLike(decay), tf.log(rate)),
    tf.add(log1mExp(tf.neg(tf.mul(rate, log1mExp(near)))), near),
  );
  return tf.sub(tf.sum(tf.mul(logRatio, EXPONENTIAL.weights), 2), tf.div(1, b));
}

const FAR = 15;

/**
 * Means of an exponential x: the trapezoidal rule in t, x = exp(t - e^-t), which
 * reaches both ends double exponentially (Takahasi and Mori 1974).
 */
const STEPS = Array.from({ length: 24 }, (_, i) => -2.7 + 5.7 * i / 23);
const EXPONENTIAL = quadrature(
  STEPS.map((t) => Math.exp(t - Math.exp(-t))),
  (x, i) => x * (1 + Math.exp(-STEPS[i]!)) * Math.exp(-x),
);

/** Euler's constant. */
const EULER = 0.5772156649015329;

/**
 * The posterior's concentrations stay above the prior's over this. The KL is
 * about 30 nats there: more than a coordinate ever tells.
 */
const FLOOR = 30;
