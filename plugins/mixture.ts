/**
 * A mixture of diagonal Gaussians that trains with the model, with a diagonal
 * Gaussian posterior (the baseline of Tomczak and Welling 2018, "VAE with a
 * VampPrior", section 5.2):
 *
 * p(z) = sum_k w_k N(z; m_k, s_k^2), the w_k a softmax of logits.
 *
 * The KL is estimated at one draw, see `klAtDraw`.
 *
 * @module
 */

import {
  definePrior,
  type Learnt,
  type LearntParameter,
  real,
  type Tensor,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import {
  drawGaussian,
  gaussianHead,
  gaussianLogDensity,
  klAtDraw,
} from "./_gaussian.ts";
import { drawMixture, type Mixture, mixtureLogDensity } from "./_mixture.ts";
import { count, positiveNumber } from "./_options.ts";

/**
 * A mixture of `components` Gaussians. Their means start as draws from
 * N(0, spread^2), their standard deviations at 1, their weights equal; with
 * `learn: false` they stay there, another mixture for each seed.
 */
export default definePrior({
  name: "mixture",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Mixture of Gaussians, learnt, with a Gaussian posterior",
  options: v.strictObject({
    components: count("Gaussians in the mixture", 50, 1000),
    spread: positiveNumber(
      "standard deviation of the initial means; that of each Gaussian is 1",
      0.5,
    ),
    learn: v.optional(
      v.pipe(
        v.boolean(),
        v.description("train the mixture; false leaves it as it starts"),
      ),
      true,
    ),
  }),
  label: ({ components, spread, learn }) =>
    `Mixture(${components},${spread}${learn ? "" : ",fixed"})`,
  head: (_, { latentDim }) => gaussianHead(latentDim),
  create({ components, spread, learn }, { latentDim }) {
    const mixtureOf = (learnt: Learnt): Mixture => {
      const read = (name: string) =>
        learn ? learnt[name]! : stopGradient(learnt[name]!);
      return {
        mean: read("means") as Tensor2D,
        scale: tf.exp(read("logScales")) as Tensor2D,
        logWeight: tf.logSoftmax(read("logits")),
      };
    };
    return {
      support: real,
      reparameterization: "explicit",
      divergence: "estimate",
      learnt: {
        means: normal([components, latentDim], spread),
        logScales: normal([components, latentDim], 0),
        logits: normal([components], 0),
      },
      sample: drawGaussian,
      klDivergence: (posterior, { latent, learnt }) =>
        klAtDraw(posterior, mixtureLogDensity(latent, mixtureOf(learnt))),
      posteriorMean: ({ mean }) => mean,
      priorSample: (count, random, { learnt }) =>
        drawMixture(count, random, mixtureOf(learnt)),
      densities: {
        posterior: (posterior, latent) => gaussianLogDensity(latent, posterior),
        prior: (latent, { learnt }) =>
          mixtureLogDensity(latent, mixtureOf(learnt)),
      },
    };
  },
});

/** A parameter that starts as draws from N(0, scale^2) (Box and Muller 1958). */
function normal(shape: readonly number[], scale: number): LearntParameter {
  const length = shape.reduce((product, n) => product * n, 1);
  return {
    shape,
    initial: (uniform) =>
      Float32Array.from({ length }, () => {
        const radius = Math.sqrt(-2 * Math.log(uniform()));
        return scale * radius * Math.cos(2 * Math.PI * uniform());
      }),
  };
}

/** `x`, constant for the gradient: Adam then leaves it alone. */
function stopGradient(x: Tensor): Tensor {
  const stopped = tf.customGrad((x) => ({
    value: tf.clone(x as Tensor),
    gradFunc: (dy) => tf.zerosLike(dy),
  }));
  return stopped(x);
}
