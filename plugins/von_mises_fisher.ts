/**
 * The uniform prior on a sphere, with a von Mises-Fisher posterior: the
 * hyperspherical VAE of Davidson, Falorsi, De Cao, Kipf and Tomczak 2018.
 *
 * Sampler: theirs (algorithm 1) for the angle to the mean direction, but with the
 * implicit gradient, see _von_mises_fisher_angle.ts, and a reflection that no
 * direction makes singular. KL: theirs, eq. 9, appendix B.
 *
 * @module
 */

import {
  definePrior,
  lgamma,
  positive,
  sphere,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import {
  logDensity,
  negativeEntropy,
  normalise,
  toUnitVectors,
} from "./_von_mises_fisher.ts";
import { drawAngle } from "./_von_mises_fisher_angle.ts";

/**
 * The uniform prior on the sphere of `latentDim` dimensions: latents are unit
 * vectors of `latentDim` + 1 coordinates. The posterior's `direction` is its
 * mean direction. Densities are of area on the sphere.
 */
export default definePrior({
  name: "von_mises_fisher",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Uniform on a sphere with a von Mises-Fisher posterior",
  options: v.strictObject({}),
  label: () => "VonMisesFisher",
  head: (_, { latentDim }) => ({
    direction: {
      units: latentDim + 1,
      constrain: (raw) => toUnitVectors(raw, latentDim + 1),
    },
    concentration: { units: 1, constrain: positive() },
  }),
  create(_, { latentDim }) {
    const width = latentDim + 1;
    const logArea = () =>
      tf.sub(
        Math.LN2 + width / 2 * Math.log(Math.PI),
        lgamma(tf.scalar(width / 2)),
      );
    return {
      support: sphere,
      latentWidth: width,
      reparameterization: "implicit",
      sample({ direction, concentration }, random) {
        const angle = drawAngle(concentration, { dimension: width, random });
        const batch = direction.shape[0];
        const across = normalise(random.normal([batch, latentDim]));
        return tf.add(
          tf.mul(tf.cos(angle), direction),
          tf.mul(tf.sin(angle), reflect(across, direction)),
        );
      },
      klDivergence: ({ concentration }) =>
        tf.sum(tf.add(negativeEntropy(concentration, width), logArea()), 1),
      // The mean direction: the mean lies within the sphere, where the decoder
      // never was.
      posteriorMean: ({ direction }) => direction,
      priorSample: (count, random) =>
        normalise(random.normal([count, width])) as Tensor2D,
      densities: {
        posterior: ({ direction, concentration }, latent) =>
          logDensity(latent, {
            direction,
            concentration: tf.squeeze(concentration, [1]),
          }) as Tensor1D,
        prior: (latent) =>
          tf.mul(tf.ones([latent.shape[0]]), tf.neg(logArea())) as Tensor1D,
      },
    };
  },
});

/**
 * Householder's reflection that takes the first axis to the direction, or to its
 * opposite where that is further off, of a vector across the first axis: one
 * across the direction.
 */
function reflect(across: Tensor, direction: Tensor2D): Tensor {
  const [batch, width] = direction.shape;
  const first = tf.slice(direction, [0, 0], [batch, 1]);
  const sign = tf.where(
    tf.less(first, 0),
    tf.neg(tf.onesLike(first)),
    tf.onesLike(first),
  );
  const rest = tf.slice(direction, [0, 1], [batch, width - 1]);
  // The mirror is orthogonal to (first + sign, rest), of squared length 2 (1 + |first|).
  const along = tf.sum(tf.mul(rest, across), 1, true);
  const factor = tf.div(along, tf.add(1, tf.abs(first)));
  return tf.concat([
    tf.neg(tf.mul(factor, tf.add(first, sign))),
    tf.sub(across, tf.mul(factor, rest)),
  ], 1);
}
