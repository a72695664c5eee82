/**
 * A von Mises prior of angles, by default the uniform one, with a von Mises
 * posterior. The decoder sees each angle as the pair of its cosine and sine, so
 * that it meets no end of the circle.
 *
 * Sampler: rejection with the implicit gradient, see _von_mises_fisher_angle.ts.
 * KL: with A = I_1 / I_0, E cos of the angle to q's mean direction is A(kappa)
 * (Mardia and Jupp 2000, "Directional statistics", section 3.5.4), and E log q
 * and E log p follow from it.
 *
 * @module
 */

import {
  circle,
  definePrior,
  positive,
  type Random,
  type Tensor,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import { finiteNumber } from "./_options.ts";
import {
  logDensity,
  logNormalizer,
  meanCosine,
  negativeEntropy,
  toUnitVectors,
} from "./_von_mises_fisher.ts";
import { drawAngle } from "./_von_mises_fisher_angle.ts";

/**
 * The prior VonMises(location, concentration) of `latentDim` angles;
 * `vonMises()` is uniform on the circle. The posterior's `direction` is its mean
 * direction, a unit vector for each angle. Densities are of angles in radians.
 */
export default definePrior({
  name: "von_mises",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Angles: von Mises or uniform, with a von Mises posterior",
  options: v.strictObject({
    concentration: v.optional(
      v.pipe(
        v.number(),
        v.minValue(0),
        v.maxValue(1e4),
        v.description("of the prior around its location; 0 is uniform"),
      ),
      0,
    ),
    location: finiteNumber("mean direction of the prior, in radians", 0),
  }),
  label: ({ concentration, location }) =>
    `VonMises(${location},${concentration})`,
  head: (_, { latentDim }) => ({
    direction: {
      units: 2 * latentDim,
      constrain: (raw) => toUnitVectors(raw, 2),
    },
    concentration: { units: latentDim, constrain: positive() },
  }),
  create(prior, { latentDim }) {
    const direction = [Math.cos(prior.location), Math.sin(prior.location)];
    // What log p is of a pair: -concentration (1 - cosine) less this.
    const priorNormalizer = () =>
      prior.concentration === 0
        ? tf.scalar(Math.log(2 * Math.PI))
        : logNormalizer(tf.scalar(prior.concentration), 2);
    return {
      support: circle,
      latentWidth: 2 * latentDim,
      reparameterization: "implicit",
      sample: ({ direction, concentration }, random) =>
        draw(pairs(direction), concentration, random),
      klDivergence(posterior) {
        const { concentration } = posterior;
        const agreement = tf.sum(
          tf.mul(pairs(posterior.direction), direction),
          2,
        );
        const cosine = tf.mul(agreement, meanCosine(concentration, 2));
        const crossEntropy = tf.add(
          tf.mul(prior.concentration, tf.sub(1, cosine)),
          priorNormalizer(),
        );
        return tf.sum(
          tf.add(negativeEntropy(concentration, 2), crossEntropy),
          1,
        );
      },
      // The mean direction: the mean of the pairs lies within the circle, where
      // the decoder never was.
      posteriorMean: ({ direction }) => direction,
      priorSample(count, random) {
        const shape = [count, latentDim];
        if (prior.concentration > 0) {
          return draw(
            tf.tile(tf.tensor3d([[direction]]), [count, latentDim, 1]),
            tf.fill(shape, prior.concentration),
            random,
          );
        }
        const angle = tf.mul(2 * Math.PI, random.uniform(shape));
        return flat(tf.stack([tf.cos(angle), tf.sin(angle)], 2));
      },
      densities: {
        posterior: ({ direction, concentration }, latent) =>
          tf.sum(
            logDensity(pairs(latent), {
              direction: pairs(direction),
              concentration,
            }),
            1,
          ),
        prior(latent) {
          const away = tf.sub(
            1,
            tf.sum(tf.mul(pairs(latent), direction), 2),
          );
          const logKernel = tf.mul(-prior.concentration, away);
          return tf.sum(tf.sub(logKernel, priorNormalizer()), 1);
        },
      },
    };
  },
});

/** The direction turned by the angle of a draw, to either side: `[B, 2 D]`. */
function draw(
  direction: Tensor,
  concentration: Tensor,
  random: Random,
): Tensor2D {
  const angle = drawAngle(concentration, { dimension: 2, random });
  const side = tf.sign(tf.sub(random.uniform(concentration.shape), 0.5));
  const across = tf.mul(tf.reverse(direction, 2), [-1, 1]);
  return flat(
    tf.add(
      tf.mul(tf.expandDims(tf.cos(angle), 2), direction),
      tf.mul(tf.expandDims(tf.mul(side, tf.sin(angle)), 2), across),
    ),
  );
}

/** `[B, 2 D]` to `[B, D, 2]`. */
function pairs(x: Tensor2D): Tensor {
  const [batch, width] = x.shape;
  return tf.reshape(x, [batch, width / 2, 2]);
}

function flat(x: Tensor): Tensor2D {
  const [batch, angles] = x.shape as [number, number];
  return tf.reshape(x, [batch, 2 * angles]) as Tensor2D;
}
