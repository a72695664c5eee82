/**
 * VampPrior, the "variational mixture of posteriors" (Tomczak and Welling 2018,
 * "VAE with a VampPrior", eq. 9), with a diagonal Gaussian posterior:
 *
 * p(z) = 1/K sum_k q(z|u_k), q the model's own encoder,
 *
 * for pseudo-inputs u_k, images of their own that train with the model. The
 * KL is estimated at one draw, see `klAtDraw`.
 *
 * @module
 */

import {
  definePrior,
  type PriorScope,
  real,
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
import { count } from "./_options.ts";

/**
 * The VampPrior of `components` pseudo-inputs. Each step encodes them all, so
 * 500 of them, as in the paper, cost more than a batch of 128 images does.
 */
export default definePrior({
  name: "vamp",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "VampPrior: mixture of the posteriors of learnt pseudo-inputs",
  options: v.strictObject({
    components: count("pseudo-inputs", 500, 5000),
  }),
  label: ({ components }) => `VampPrior(${components})`,
  head: (_, { latentDim }) => gaussianHead(latentDim),
  create({ components }, { inputSize }) {
    const mixtureOf = ({ learnt, encode }: Scope): Mixture => ({
      ...encode(tf.sigmoid(learnt.pseudoInputs as Tensor2D)),
      logWeight: tf.scalar(-Math.log(components)),
    });
    return {
      support: real,
      reparameterization: "explicit",
      divergence: "estimate",
      learnt: {
        pseudoInputs: {
          shape: [components, inputSize],
          initial: (uniform) =>
            Float32Array.from(
              { length: components * inputSize },
              () => DARKEST * uniform(),
            ),
        },
      },
      sample: drawGaussian,
      klDivergence: (posterior, scope) =>
        klAtDraw(
          posterior,
          mixtureLogDensity(scope.latent, mixtureOf(scope)),
        ),
      posteriorMean: ({ mean }) => mean,
      priorSample: (count, random, scope) =>
        drawMixture(count, random, mixtureOf(scope)),
      densities: {
        posterior: (posterior, latent) => gaussianLogDensity(latent, posterior),
        prior: (latent, scope) => mixtureLogDensity(latent, mixtureOf(scope)),
      },
    };
  },
});

type Scope = PriorScope<ReturnType<typeof gaussianHead>>;

/**
 * Pseudo-inputs are pixels' log-odds; they start as noise from one half down
 * to this: mostly dark, as images of digits are, and each another.
 */
const DARKEST = -3;
