/**
 * `sample`: images generated from the prior, and reconstructions of test images.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { createProgram } from "../engine/program/create.ts";
import type { ProgramSpec } from "../engine/program/program.ts";
import { createRandom } from "../engine/random.ts";
import { type Scalar, type Tensor2D, tf } from "../engine/tf.ts";
import type { ImageBatch, Weights } from "../model/artifacts.ts";
import { decode, encode } from "../model/network.ts";
import { gridPng, reconstructionPng } from "../picture/mod.ts";
import { defineStage } from "../pipeline/stage.ts";
import type { Prior } from "../plugin/prior.ts";
import { count, weightsChoice } from "./_options.ts";

export default defineStage({
  name: "sample",
  version: 1,
  module: import.meta.url,
  description: "Draws images from the prior and reconstructs test images",
  needs: ["dataset", "training"],
  gives: ["samples"],
  uses: ["prior", "latentDim", "seed", "engine"],
  options: v.strictObject({
    generated: v.optional(v.pipe(count(), v.description("images to generate")), 64),
    reconstructed: v.optional(v.pipe(count(), v.description("test images to reconstruct, from the first")), 32),
    weights: weightsChoice(),
  }),
  async run({ dataset, training }, options, context) {
    const { prior } = context.prior;
    const variables = options.weights === "best" ? training.best : training.weights;
    const { height, width, test } = dataset;
    const shape = { height, width };
    const size = height * width;
    const model: Model = { prior, variables };

    const drawn = runOnce(generation(model, options.generated, context.seed), { step: 0 });
    const pixels = test.images.subarray(0, Math.min(options.reconstructed, test.count) * size);
    const redrawn = runOnce(reconstruction(model, pixels.length / size, size), { pixels });

    const generated = imageBatch(drawn["images"]!, shape);
    const originals = imageBatch(Float32Array.from(pixels, (byte) => byte / 255), shape);
    const reconstructions = imageBatch(redrawn["images"]!, shape);
    await writeFile(join(context.directory, "samples.png"), gridPng(generated));
    await writeFile(
      join(context.directory, "reconstructions.png"),
      reconstructionPng(originals, reconstructions),
    );
    return {
      samples: { generated, latents: drawn["latents"]!, originals, reconstructions },
    };
  },
});

interface Model {
  readonly prior: Prior;
  readonly variables: Weights;
}

function runOnce(spec: ProgramSpec, feeds: Readonly<Record<string, number | Uint8Array>>) {
  const program = createProgram(spec);
  try {
    return program.run(feeds);
  } finally {
    program.dispose();
  }
}

function generation({ prior, variables }: Model, count: number, seed: number): ProgramSpec {
  return {
    variables,
    inputs: { step: { shape: [], dtype: "int32" } },
    compute: (weights, { step }) => {
      const random = createRandom({ seed, step: step as Scalar });
      const latents = prior.priorSample(count, random);
      return { latents, images: tf.sigmoid(decode(weights, latents)) };
    },
  };
}

function reconstruction({ prior, variables }: Model, count: number, size: number): ProgramSpec {
  return {
    variables,
    inputs: { pixels: { shape: [count, size], dtype: "uint8" } },
    compute: (weights, { pixels }) => {
      const images = tf.mul(pixels!, 1 / 255) as Tensor2D;
      const posterior = encode(weights, prior.head, images);
      return { images: tf.sigmoid(decode(weights, prior.posteriorMean(posterior))) };
    },
  };
}

function imageBatch(
  pixels: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
): ImageBatch {
  return { count: pixels.length / (height * width), height, width, pixels };
}
