/**
 * Parts of priors that are wrong in one way each, as a trial finds it.
 *
 * @module
 */

import { type Tensor, type Tensor2D, tf } from "../../../core/mod.ts";
import { type GaussianParts, logNormal } from "./_right.ts";

/** Latent dimensions of the priors that have them. */
export const LATENT_DIM = 20;

/** What is wrong, and what is said of it. */
type Wrong = readonly [
  title: string,
  replace: (right: GaussianParts) => object,
  says: string | RegExp,
];

const numbers = (value: number, shape: [number, number]) =>
  tf.fill(shape, value) as Tensor2D;

/** Each with what a trial says of it. */
export const WRONG: readonly Wrong[] = [
  [
    "the mean over the batch",
    (right) => ({
      klDivergence: (...given: Parameters<typeof right.klDivergence>) =>
        tf.mean(right.klDivergence(...given)),
    }),
    "klDivergence gives shape [], want [7], which is [B] with B = 7",
  ],
  [
    "a term a coordinate",
    () => ({ klDivergence: ({ mean }: { mean: Tensor }) => tf.square(mean) }),
    "klDivergence gives shape [7,20], want [7], which is [B] with B = 7",
  ],
  [
    "fewer draws than wanted",
    ({ priorSample }) => ({
      priorSample: (
        count: number,
        ...rest: [never, never]
      ) => priorSample(Math.floor(count / 2), ...rest),
    }),
    "priorSample gives shape [32,20], want [64,20], which is [count, S] with count = 64, S = 20",
  ],
  [
    "draws without a batch",
    () => ({ sample: ({ mean }: { mean: Tensor }) => tf.mean(mean, 0) }),
    "sample gives shape [20], want [7,20], which is [B, S] with B = 7, S = 20",
  ],
  [
    "whole numbers",
    () => ({
      posteriorMean: ({ mean }: { mean: Tensor }) => tf.cast(mean, "int32"),
    }),
    "posteriorMean gives int32, want float32",
  ],
  [
    "a promise",
    ({ sample }) => ({
      // deno-lint-ignore require-await
      sample: async (...given: Parameters<typeof sample>) => sample(...given),
    }),
    "sample gives a promise, want a tensor of shape [7,20]",
  ],
  [
    "a promise that is broken",
    () => ({ sample: () => Promise.reject(new Error("broken")) }),
    "sample gives a promise, want a tensor of shape [7,20]",
  ],
  [
    "nothing",
    () => ({ priorSample: () => {} }),
    "priorSample gives nothing, want a tensor of shape [64,20]",
  ],
  [
    "an array",
    () => ({ posteriorMean: () => [[0, 1]] }),
    "posteriorMean gives an array, want a tensor of shape [7,20]",
  ],
  [
    "what it has freed",
    () => ({
      posteriorMean: ({ mean }: { mean: Tensor }) => {
        const given = tf.add(mean, 1);
        given.dispose();
        return given;
      },
    }),
    "posteriorMean gives a tensor that has been disposed of",
  ],
  [
    "no numbers from the prior",
    () => ({
      priorSample: (count: number) => numbers(NaN, [count, LATENT_DIM]),
    }),
    "priorSample gives NaN at [0,0], want finite numbers; 1280 of 1280 are not finite",
  ],
  [
    "a number that is none in one place",
    ({ posteriorMean }) => ({
      posteriorMean: (posterior: Parameters<typeof posteriorMean>[0]) =>
        tf.add(
          posteriorMean(posterior),
          tf.div(
            0,
            tf.sub(tf.range(0, LATENT_DIM), 3),
          ).mul(Number.POSITIVE_INFINITY).mul(0),
        ),
    }),
    /posteriorMean gives NaN at \[0,\d+\], want finite numbers/,
  ],
  [
    "an infinite KL",
    () => ({
      klDivergence: ({ mean }: { mean: Tensor }) =>
        tf.fill([mean.shape[0]!], Infinity),
    }),
    "klDivergence gives Infinity at [0], want finite numbers; 7 of 7 are not finite",
  ],
  [
    "draws of JavaScript's",
    () => ({
      sample: ({ mean }: { mean: Tensor }) => tf.add(mean, Math.random()),
    }),
    /sample gives \S+ at \[0,0\] and, called again with the same arguments and seed, \S+, want the same/,
  ],
  [
    "draws of TensorFlow.js",
    () => ({
      priorSample: (count: number) => tf.randomNormal([count, LATENT_DIM]),
    }),
    /priorSample gives \S+ at \[0,0\] and, called again with the same/,
  ],
  [
    "an estimate from draws of elsewhere",
    () => ({
      divergence: "estimate",
      klDivergence: ({ mean }: { mean: Tensor }) =>
        tf.mul(tf.sum(tf.square(mean), 1), Math.random()),
    }),
    /klDivergence gives \S+ at \[0\] and, called again with the same/,
  ],
  [
    "noise of another create",
    ({ posteriorMean }) => {
      const noise = Math.random();
      return {
        posteriorMean: (posterior: Parameters<typeof posteriorMean>[0]) =>
          tf.add(posteriorMean(posterior), noise),
      };
    },
    /posteriorMean gives \S+ at \[0,0\] and, of another create with the same/,
  ],
  [
    "a state between calls",
    ({ klDivergence }) => {
      let calls = 0;
      return {
        klDivergence: (...given: Parameters<typeof klDivergence>) =>
          tf.mul(klDivergence(...given), ++calls),
      };
    },
    /klDivergence gives \S+ at \[0\] and, called again with the same/,
  ],
  [
    "a start by chance",
    () => ({
      learnt: { shift: { shape: [2], initial: () => [0, Math.random()] } },
    }),
    /learnt\.shift\.initial gives \S+ at \[1\] and, of another create with/,
  ],
  [
    "what throws",
    () => ({
      klDivergence: ({ mean }: { mean: Tensor }) =>
        tf.matMul(mean as Tensor2D, mean as Tensor2D),
    }),
    /^klDivergence throws: .*7,20.* at line \d+, column \d+$/,
  ],
  [
    "a density a coordinate",
    () => ({
      densities: {
        posterior: (_: unknown, latent: Tensor2D) => tf.neg(latent),
        prior: (latent: Tensor2D) => logNormal(0, 1, latent),
      },
    }),
    "densities.posterior gives shape [7,20], want [7]",
  ],
  [
    "a density that is no number",
    () => ({
      densities: {
        posterior: (_: unknown, latent: Tensor2D) => logNormal(0, 1, latent),
        prior: (latent: Tensor2D) => tf.sum(tf.log(latent), 1),
      },
    }),
    /densities\.prior gives NaN at \[\d+\], want finite numbers/,
  ],
];
