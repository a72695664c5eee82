/**
 * What the `sample` stage does.
 *
 * @module
 */

import { openModel } from "../../model/open_model.ts";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createProgram } from "../../../engine/program/create.ts";
import type { ProgramSpec } from "../../../engine/program/program.ts";
import {
  type ImageSides,
  shapeOfImage,
  sizeOfImage,
} from "../../../lib/image_shape.ts";
import type { ImageBatch, Samples } from "../../model/artifacts.ts";
import {
  priorProgram,
  reconstructionProgram,
} from "../../model/latent_program.ts";
import { gridPng, reconstructionPng } from "../../../picture/mod.ts";
import type { Artifacts } from "../../../pipeline/artifacts.ts";
import { requireNumbers } from "../_finite.ts";
import type { ModelContext } from "../_context.ts";
import type { SampleOptions } from "./options.ts";

/** Draws and redraws images; writes `samples.png` and `reconstructions.png`. */
export async function sample(
  { dataset, training }: Pick<Artifacts, "dataset" | "training">,
  options: SampleOptions,
  context: ModelContext,
): Promise<Samples> {
  const { weights } = options;
  const model = openModel(training, context, weights);
  const { test } = dataset;
  const shape = shapeOfImage(dataset);
  const size = sizeOfImage(dataset);

  const drawn = runOnce(
    priorProgram(model, {
      count: options.generated,
      seed: context.seed,
      images: true,
    }),
    { step: 0 },
  );
  const pixels = test.images.subarray(
    0,
    Math.min(options.reconstructed, test.count) * size,
  );
  const redrawn = runOnce(
    reconstructionProgram(model, {
      batchSize: pixels.length / size,
      inputSize: size,
    }),
    { pixels },
  );

  requireNumbers({
    "latents drawn from the prior": drawn["latents"]!,
    "images of them": drawn["images"]!,
    "reconstructions, from posteriorMean,": redrawn["images"]!,
  }, { ...context, stage: "sample" });
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

function imageBatch(
  pixels: Float32Array,
  shape: ImageSides,
): ImageBatch {
  return { ...shape, count: pixels.length / sizeOfImage(shape), pixels };
}
