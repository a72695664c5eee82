// The estimator against likelihoods that are known: in closed form, and by
// quadrature where the decoder is a network.

import { beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../core/engine/program/create.ts";
import { createRandom, uniformStream } from "../../../core/engine/random.ts";
import { type Scalar, type Tensor2D, tf } from "../../../core/engine/tf.ts";
import type { Weights } from "../../../core/vae/model/artifacts.ts";
import { estimate } from "../../../core/vae/model/estimate.ts";
import {
  type DenseModel,
  type DensePrior,
  importanceEstimate,
  logLikelihoodWith,
  weighDraws,
} from "../../../core/vae/model/importance.ts";
import { importanceProgram } from "../../../core/vae/model/importance_program.ts";
import { beta, gamma, gaussian } from "../../../plugins/mod.ts";
import { ENGINES, useBackend } from "../../engine/backends.ts";
import { tinyModel } from "../../plugins/tiny_model.ts";
import { gapOf, known, LOADINGS, NOISE, OFFSET } from "./linear_gaussian.ts";

const IMAGES = 60;
const DRAWS = 1000;
const PIXELS = OFFSET.length;

const normal = gaussian().definition.create({ mean: 0, variance: 1 }, {
  latentDim: 2,
  inputSize: PIXELS,
}) as DensePrior;

/** Points near those that the model gives, as many as there are images. */
const points = (() => {
  const uniform = uniformStream(21, 0);
  return Array.from(
    { length: IMAGES },
    () => OFFSET.map((mean) => mean + 3 * (uniform() - 0.5)),
  );
})();

/** Log-weights `[IMAGES * DRAWS]` for a posterior at the right mean with `scale`. */
function linearWeights(scale: readonly [number, number]): Float64Array {
  const truths = points.map(known);
  const constant = PIXELS * Math.log(NOISE * Math.sqrt(2 * Math.PI));
  const program = createProgram({
    variables: {},
    inputs: {
      x: { shape: [IMAGES, PIXELS], dtype: "float32" },
      mean: { shape: [IMAGES, 2], dtype: "float32" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (_, { x, mean, step }) => ({
      ...weighDraws(normal, {
        posterior: {
          mean: mean as Tensor2D,
          scale: tf.mul(tf.onesLike(mean!), [...scale]) as Tensor2D,
        },
        scope: { learnt: {}, encode: () => ({}) },
        samples: DRAWS,
        random: createRandom({ seed: 4, step: step as Scalar }),
        logLikelihood(latent) {
          const loadings = tf.tensor2d(LOADINGS.map((row) => [...row]));
          const predicted = tf.add(
            tf.matMul(latent, loadings, false, true),
            [...OFFSET],
          );
          const rest = tf.div(
            tf.sub(
              tf.expandDims(x!, 1),
              tf.reshape(predicted, [IMAGES, DRAWS, PIXELS]),
            ),
            NOISE,
          );
          return tf.sub(
            tf.mul(-0.5, tf.sum(tf.square(rest), 2)),
            constant,
          ) as Tensor2D;
        },
      }),
    }),
  });
  try {
    const { logWeights } = program.run({
      x: Float32Array.from(points.flat()),
      mean: Float32Array.from(truths.flatMap(({ mean }) => mean)),
      step: 1,
    });
    return Float64Array.from(logWeights!);
  } finally {
    program.dispose();
  }
}

const ofImage = (weights: Float64Array, image: number) =>
  weights.subarray(image * DRAWS, (image + 1) * DRAWS);

describe.each(ENGINES.filter(({ name }) => name !== "cpu"))(
  "importance sampling on $title",
  ({ name, missing }) => {
    beforeAll(async () => {
      if (!missing) await useBackend(name);
    });
    const test = it.skipIf(missing);

    test("agrees with the likelihood of a linear-Gaussian model", () => {
      const weights = linearWeights([0.9, 0.7]);
      const scores = points.map((x, i) => {
        const found = importanceEstimate(ofImage(weights, i));
        expect(found.standardError).toBeLessThan(0.1);
        return (found.logLikelihood - known(x).logLikelihood) /
          found.standardError;
      });
      // Standard normal: the mean of 60 within 5 standard errors of 0, none
      // beyond 5, and their squares a chi-square (p = 1e-6 at 128).
      expect(Math.abs(estimate(scores).mean)).toBeLessThan(5 / Math.sqrt(60));
      for (const score of scores) expect(Math.abs(score)).toBeLessThan(5);
      expect(scores.reduce((sum, z) => sum + z * z, 0)).toBeLessThan(128);
      // And not by large error bars: below 25 has p = 1e-5.
      expect(scores.reduce((sum, z) => sum + z * z, 0)).toBeGreaterThan(25);
    });

    test("is the ELBO with one draw, and a bound that tightens with more", () => {
      const scale = [0.9, 0.7] as const;
      const weights = linearWeights(scale);
      const sizes = [1, 5, 50, 500, 1000];
      const gaps = sizes.map((samples) =>
        estimate(points.map((x, i) =>
          known(x).logLikelihood -
          logLikelihoodWith(samples, ofImage(weights, i))
        ))
      );
      const gap = gapOf(known(points[0]!), scale);
      expect(gap).toBeGreaterThan(0.1);
      expect(Math.abs(gaps[0]!.mean - gap))
        .toBeLessThan(5 * gaps[0]!.standardError);
      for (let i = 1; i < sizes.length; i++) {
        expect(gaps[i]!.mean).toBeLessThan(gaps[i - 1]!.mean);
      }
      expect(Math.abs(gaps.at(-1)!.mean)).toBeLessThan(0.01);
    });

    test.each([
      ["Gaussian(0,1)", gaussian(), (z: number) => -z * z / 2 - HALF_LOG_2_PI],
      ["Beta(1,1)", beta(), (z: number) => z > 0 && z < 1 ? 0 : -Infinity],
      [
        "Gamma(3,2)",
        gamma(),
        (z: number) =>
          z > 0 ? 2 * Math.log(z) - 2 * z + Math.log(8 / 2) : -Infinity,
      ],
    ])(
      "agrees with quadrature through a decoder, %s",
      (_, plugin, logPrior) => {
        const { model, weights } = tinyModel(plugin, { latentDim: 1 });
        const samples = 2000;
        const uniform = uniformStream(3, 1);
        const pixels = Uint8Array.from(
          { length: 3 * 16 },
          () => uniform() < 0.4 ? 255 : 0,
        );
        const program = createProgram(importanceProgram({
          model: model as DenseModel,
          variables: weights,
          batchSize: 3,
          inputSize: 16,
          samples,
          seed: 8,
        }));
        const { logWeights } = program.run({ pixels, step: 0 });
        program.dispose();
        for (let image = 0; image < 3; image++) {
          const found = importanceEstimate(
            Float64Array.from(
              logWeights!.subarray(image * samples, (image + 1) * samples),
            ),
          );
          const truth = integrate((z) =>
            Math.exp(
              logPrior(z) +
                logBernoulli(
                  pixels.subarray(image * 16, (image + 1) * 16),
                  logitsOf(weights, z),
                ),
            )
          );
          expect(found.standardError).toBeLessThan(0.05);
          expect(Math.abs(found.logLikelihood - Math.log(truth)))
            .toBeLessThan(5 * found.standardError + 1e-5);
        }
      },
    );
  },
);

const HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

/** The decoder in double precision: one hidden layer. */
function logitsOf(weights: Weights, z: number): number[] {
  const data = (path: string) => weights[path]!.data;
  const hidden = [...data("decoder/0/kernel")].map((kernel, i) =>
    Math.max(0, kernel * z + data("decoder/0/bias")[i]!)
  );
  return [...data("output/bias")].map((bias, pixel) =>
    hidden.reduce(
      (sum, h, i) => sum + h * data("output/kernel")[i * 16 + pixel]!,
      bias,
    )
  );
}

function logBernoulli(pixels: Uint8Array, logits: readonly number[]): number {
  return logits.reduce(
    (sum, logit, i) =>
      sum - Math.log1p(Math.exp(pixels[i] === 255 ? -logit : logit)),
    0,
  );
}

/** The integral over (-12, 24), where all three priors have their mass, by midpoints. */
function integrate(density: (z: number) => number): number {
  const count = 9000;
  const width = 36 / count;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += density(-12 + (i + 0.5) * width);
  return sum * width;
}
