/**
 * The prior my_prior: a Gaussian, to begin with. Make it yours from top to
 * bottom, wherever it says "Change", and after each change ask
 *
 *     vae-priors check ./my_prior.ts
 *
 * Say here where each formula comes from: author, year, equation.
 *
 * @module
 */

import {
  definePrior,
  identity,
  positive,
  type Random,
  real,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "vae-priors";

/** The prior my_prior(location, scale); its scale is a standard deviation. */
export default definePrior({
  name: "my_prior",
  version: "0.1.0",
  apiVersion: 1,
  module: import.meta.url,
  // Change: one line for `vae-priors list`.
  description: "Gaussian with a Gaussian posterior",
  // Change: what a config may set. Each has a default, and bounds that hold.
  options: v.strictObject({
    location: v.optional(
      v.pipe(v.number(), v.finite(), v.description("mean of each coordinate")),
      0,
    ),
    scale: v.optional(
      v.pipe(
        v.number(),
        v.finite(),
        v.gtValue(0),
        v.description("standard deviation of each coordinate"),
      ),
      1,
    ),
  }),
  label: ({ location, scale }) => `MyPrior(${location},${scale})`,
  // Change: the parameters of q(z|x), and where they may lie. `identity` is the
  // real line, `positive()` what is above 0, `unit` what is between 0 and 1.
  head: (_, { latentDim }) => ({
    location: { units: latentDim, constrain: identity },
    scale: { units: latentDim, constrain: positive() },
  }),
  create: (prior, { latentDim }) => ({
    // Change: where z lies: `positiveReal`, `unitInterval`, `interval(a, b)`,
    // `simplex`, `sphere`, `circle`.
    support: real,
    // Change: "implicit" where `draw` uses random.gamma or random.logGamma.
    reparameterization: "explicit",
    sample: (q, random) => draw(q, q.location.shape, random),
    klDivergence: (q) => divergence(q, prior),
    // Change: the mean of q(z|x), `[B, D]`.
    posteriorMean: ({ location }) => location,
    priorSample: (count, random) => draw(prior, [count, latentDim], random),
    densities: {
      posterior: logDensity,
      prior: (latent) => logDensity(prior, latent),
    },
  }),
});

/** Parameters of one such distribution: numbers of the prior, tensors `[B, D]` of a posterior. */
interface Parameters {
  readonly location: Tensor | number;
  readonly scale: Tensor | number;
}

/**
 * Change: draws of the given shape, differentiable in the parameters. All that
 * is random comes from `random`: normal, uniform, gamma and logGamma.
 */
function draw(
  { location, scale }: Parameters,
  shape: readonly number[],
  random: Random,
): Tensor2D {
  return tf.add(location, tf.mul(scale, random.normal(shape)));
}

/**
 * Change: KL(q || p) in nats, summed over coordinates: `[B]`. This one is of
 * Kingma and Welling 2014, appendix B, for any mean and deviation of p.
 */
function divergence(
  q: Record<keyof Parameters, Tensor2D>,
  p: Parameters,
): Tensor1D {
  const ratio = tf.square(tf.div(q.scale, p.scale));
  const shift = tf.square(tf.div(tf.sub(q.location, p.location), p.scale));
  const terms = tf.sub(tf.add(ratio, shift), tf.add(1, tf.log(ratio)));
  return tf.sum(tf.mul(0.5, terms), 1);
}

/** Change: the log-density in nats, summed over coordinates: `[B]`. */
function logDensity({ location, scale }: Parameters, latent: Tensor): Tensor1D {
  const distance = tf.div(tf.sub(latent, location), scale);
  const normalizer = tf.add(tf.log(scale), 0.5 * Math.log(2 * Math.PI));
  return tf.sum(
    tf.neg(tf.add(tf.mul(0.5, tf.square(distance)), normalizer)),
    1,
  );
}
