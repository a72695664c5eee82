/**
 * What the `sample` stage does.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createProgram } from "../engine/program/create.ts";
import type { ProgramSpec } from "../engine/program/program.ts";
import { createRandom } from "../engine/random.ts";
import { type Scalar, type Tensor2D, tf } from "../engine/tf.ts";
import type { ImageBatch, Samples, Weights } from "../model/artifacts.ts";
import { priorScope } from "../model/learnt.ts";
import { decode, encode } from "../model/network.ts";
import { gridPng, reconstructionPng } from "../picture/mod.ts";
import type { Artifacts } from "../pipeline/artifacts.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Prior } from "../plugin/prior.ts";
import type { SampleOptions } from "./_sample_options.ts";

/** Draws and redraws images; writes `samples.png` and `reconstructions.png`. */
export async function sample(
  { dataset, training }: Pick<Artifacts, "dataset" | "training">,
  options: SampleOptions,
  context: StageContext,
): Promise<Samples> {
  const prior = context.prior.build(training.architecture.inputSize);
  const variables = options.weights === "best"
    ? training.best
    : training.weights;
  const { height, width, test } = dataset;
  const shape = { height, width };
  const size = height * width;
  const model: Model = { prior, variables };

  const drawn = runOnce(generation(model, options.generated, context.seed), {
    step: 0,
  });
  const pixels = test.images.subarray(
    0,
    Math.min(options.reconstructed, test.count) * size,
  );
  const redrawn = runOnce(reconstruction(model, pixels.length / size, size), {
    pixels,
  });

  const generated = imageBatch(drawn["images"]!, shape);
  const originals = imageBatch(
    Float32Array.from(pixels, (byte) => byte / 255),
    shape,
  );
  const reconstructions = imageBatch(redrawn["images"]!, shape);
  await writeFile(join(context.directory, "samples.png"), gridPng(generated));
  await writeFile(
    join(context.directory, "reconstructions.png"),
    reconstructionPng(originals, reconstructions),
  );
  return {
    generated,
    latents: drawn["latents"]!,
    originals,
    reconstructions,
  };
}

interface Model {
  readonly prior: Prior;
  readonly variables: Weights;
}

function runOnce(
  spec: ProgramSpec,
  feeds: Readonly<Record<string, number | Uint8Array>>,
) {
  const program = createProgram(spec);
  try {
    return program.run(feeds);
  } finally {
    program.dispose();
  }
}

function generation(
  { prior, variables }: Model,
  count: number,
  seed: number,
): ProgramSpec {
  return {
    variables,
    inputs: { step: { shape: [], dtype: "int32" } },
    compute: (weights, { step }) => {
      const random = createRandom({ seed, step: step as Scalar });
      const scope = priorScope(prior, weights);
      const latents = prior.priorSample(count, random, scope);
      return { latents, images: tf.sigmoid(decode(weights, latents)) };
    },
  };
}

function reconstruction(
  { prior, variables }: Model,
  count: number,
  size: number,
): ProgramSpec {
  return {
    variables,
    inputs: { pixels: { shape: [count, size], dtype: "uint8" } },
    compute: (weights, { pixels }) => {
      const images = tf.mul(pixels!, 1 / 255) as Tensor2D;
      const posterior = encode(weights, prior.head, images);
      return {
        images: tf.sigmoid(decode(weights, prior.posteriorMean(posterior))),
      };
    },
  };
}

function imageBatch(
  pixels: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
): ImageBatch {
  return { count: pixels.length / (height * width), height, width, pixels };
}
