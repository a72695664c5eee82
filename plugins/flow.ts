/**
 * A normalising flow as the prior, with a diagonal Gaussian posterior: z is
 * N(0, 1) noise sent through affine couplings (RealNVP: Dinh, Sohl-Dickstein
 * and Bengio 2017, eq. 7 to 9), which train with the model.
 *
 * A coupling keeps the coordinates of a mask b and moves the others,
 *
 * y = b x + (1 - b) (x exp(s(b x)) + t(b x)),
 *
 * s and t by a small network. Its inverse is as cheap, and the logarithm of its
 * determinant is the sum of s: log p(z) is exact, and so are draws. (Flow priors
 * for VAEs: Huang et al. 2017, "Learnable explicit density for continuous
 * latent space and variational inference".) The KL is estimated at one draw,
 * see `klAtDraw`.
 *
 * @module
 */

import {
  definePrior,
  type Learnt,
  type LearntParameter,
  real,
  type Tensor,
  type Tensor1D,
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
import { count } from "./_options.ts";

/** Defaults of the options. */
const LAYERS = 4;
const HIDDEN = 64;

/** A flow of `layers` couplings; it starts as the identity, so as N(0, 1). */
export default definePrior({
  name: "flow",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "RealNVP flow from N(0, 1), learnt, with a Gaussian posterior",
  options: v.strictObject({
    layers: count("couplings; each moves every other coordinate", LAYERS, 32),
    hidden: count("units of each coupling's hidden layer", HIDDEN, 1024),
  }),
  label: ({ layers, hidden }) => `Flow(${layers},${hidden})`,
  head: (_, { latentDim }) => gaussianHead(latentDim),
  create({ layers, hidden }, { latentDim }) {
    const steps = Array.from({ length: layers }, (_, i) => i);
    const logDensity = (latent: Tensor2D, learnt: Learnt): Tensor1D => {
      let x = latent;
      let logDeterminant: Tensor = tf.scalar(0);
      for (const i of steps.toReversed()) {
        const { logScale, shift } = coupling(x, i, { learnt, layers, hidden });
        x = tf.mul(tf.sub(x, shift), tf.exp(tf.neg(logScale)));
        logDeterminant = tf.add(logDeterminant, tf.sum(logScale, 1));
      }
      return tf.sub(gaussianLogDensity(x, standard()), logDeterminant);
    };
    return {
      support: real,
      reparameterization: "explicit",
      divergence: "estimate",
      learnt: Object.fromEntries(
        steps.flatMap((i) => Object.entries(network(i, latentDim, hidden))),
      ),
      sample: drawGaussian,
      klDivergence: (posterior, { latent, learnt }) =>
        klAtDraw(posterior, logDensity(latent, learnt)),
      posteriorMean: ({ mean }) => mean,
      priorSample: (count, random, { learnt }) =>
        steps.reduce((x, i) => {
          const flow = { learnt, layers, hidden };
          const { logScale, shift } = coupling(x, i, flow);
          return tf.add(tf.mul(x, tf.exp(logScale)), shift);
        }, random.normal([count, latentDim]) as Tensor2D),
      densities: {
        posterior: (posterior, latent) => gaussianLogDensity(latent, posterior),
        prior: (latent, { learnt }) => logDensity(latent, learnt),
      },
    };
  },
});

/** A flow, and what it has learnt. */
interface Flow {
  readonly learnt: Learnt;
  readonly layers: number;
  readonly hidden: number;
}

const standard = () => ({ mean: tf.scalar(0), scale: tf.scalar(1) });

/**
 * s and t of coupling `i` at `x` `[B, D]`, 0 where it keeps a coordinate. A step
 * of Adam moves each weight as far, however many there are; what more units add
 * up to, and more couplings multiply to, is that of the default's.
 */
function coupling(x: Tensor2D, i: number, { learnt, layers, hidden }: Flow) {
  const moved = mask(i, x.shape[1]);
  const kept = tf.mul(x, tf.sub(1, moved));
  const affine = (input: Tensor, layer: string) =>
    tf.add(
      tf.matMul(input, learnt[`${i}/${layer}/kernel`]!),
      learnt[`${i}/${layer}/bias`]!,
    );
  const output = affine(tf.relu(affine(kept, "hidden")), "output");
  const small = Math.min(1, LAYERS / layers);
  const [scale, shift] = tf.split(
    tf.mul(output, Math.min(1, HIDDEN / hidden) * small),
    2,
    1,
  );
  return {
    logScale: tf.mul(moved, bounded(scale!, 2 * small)),
    shift: tf.mul(moved, shift!),
  };
}

/** 1 for the coordinates that coupling `i` moves: even and odd ones in turn. */
function mask(i: number, latentDim: number): Tensor1D {
  return tf.tensor1d(
    Array.from({ length: latentDim }, (_, d) => (d + i + 1) % 2),
  );
}

/** Keeps a coupling's log-scale within -most and most; the identity near 0. */
function bounded(logScale: Tensor, most: number): Tensor {
  return tf.mul(most, tf.tanh(tf.mul(1 / most, logScale)));
}

/** The network of coupling `i`: what comes out of it is 0 at the start. */
function network(
  i: number,
  latentDim: number,
  hidden: number,
): Record<string, LearntParameter> {
  const uniform = (shape: readonly number[], limit: number) => ({
    shape,
    initial: (next: () => number) =>
      Float32Array.from(
        { length: shape.reduce((product, n) => product * n, 1) },
        () => (2 * next() - 1) * limit,
      ),
  });
  const limit = 1 / Math.sqrt(latentDim);
  return {
    [`${i}/hidden/kernel`]: uniform([latentDim, hidden], limit),
    [`${i}/hidden/bias`]: uniform([hidden], limit),
    [`${i}/output/kernel`]: uniform([hidden, 2 * latentDim], 0),
    [`${i}/output/bias`]: uniform([2 * latentDim], 0),
  };
}
