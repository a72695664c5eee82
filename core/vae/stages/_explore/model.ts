/**
 * What `explore` asks of a trained model, on plain numbers.
 *
 * @module
 */

import { createProgram } from "../../../engine/program/create.ts";
import type { Feeds, ProgramSpec } from "../../../engine/program/program.ts";
import { createRandom, deriveSeed } from "../../../engine/random.ts";
import { type Scalar, type Tensor2D, tf } from "../../../engine/tf.ts";
import { type ImageSides, sizeOfImage } from "../../../lib/image_shape.ts";
import type { ImageBatch } from "../../model/artifacts.ts";
import { batchStarts } from "../../model/batches.ts";
import { decodedMeans, encode } from "../../model/network.ts";
import type { TrainedModel } from "../../model/open_model.ts";
import { priorScope } from "../../model/prior_scope.ts";
import type { Densities } from "../../plugin/prior.ts";

/** A trained model that is looked at. */
export interface ExploredModel extends TrainedModel {
  readonly seed: number;
  /** Width `S` of a latent vector. */
  readonly width: number;
  /** Of an image. */
  readonly shape: ImageSides;
}

/** What q(z|x) says of some images, `[N, S]` each. */
export interface Posteriors {
  readonly means: Float32Array;
  /** One draw for each image. */
  readonly draws: Float32Array;
}

/** Draws of the prior, `[count, S]`. */
export function drawPrior(
  explored: ExploredModel,
  count: number,
): Float32Array {
  const { model, variables } = explored;
  const seed = deriveSeed(explored.seed, "prior");
  return runOnce({
    variables,
    inputs: { step: { shape: [], dtype: "int32" } },
    compute: (weights, { step }) => {
      const random = createRandom({ seed, step: step as Scalar });
      const scope = priorScope(model, weights);
      return { latents: model.prior.priorSample(count, random, scope) };
    },
  }, { step: 0 })["latents"]!;
}

/** Images are encoded in batches of this many. */
const BATCH = 500;

/**
 * Means and draws of q(z|x).
 *
 * @param pixels bytes, `[N, P]`
 * @param pause called between batches
 */
export async function encodeImages(
  explored: ExploredModel,
  pixels: Uint8Array,
  pause: () => Promise<unknown>,
): Promise<Posteriors> {
  const { model, variables, width, shape } = explored;
  const size = sizeOfImage(shape);
  const count = pixels.length / size;
  const batch = Math.min(BATCH, count);
  const seed = deriveSeed(explored.seed, "posterior");
  const program = createProgram({
    variables,
    inputs: {
      pixels: { shape: [batch, size], dtype: "uint8" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (weights, { pixels, step }) => {
      const images = tf.mul(pixels!, 1 / 255) as Tensor2D;
      const posterior = encode(model, weights, images);
      const random = createRandom({ seed, step: step as Scalar });
      return {
        means: model.prior.posteriorMean(posterior),
        draws: model.prior.sample(posterior, random),
      };
    },
  });
  const means = new Float32Array(count * width);
  const draws = new Float32Array(count * width);
  try {
    for (const start of batchStarts(count, batch)) {
      const given = program.run({
        pixels: pixels.subarray(start * size, (start + batch) * size),
        step: start,
      });
      means.set(given["means"]!, start * width);
      draws.set(given["draws"]!, start * width);
      await pause();
    }
  } finally {
    program.dispose();
  }
  return { means, draws };
}

/** Decoder means of latent vectors. */
export function decodeImages(
  { model, variables, width, shape }: ExploredModel,
  latents: readonly Float64Array[],
): ImageBatch {
  const { images } = runOnce({
    variables,
    inputs: { latents: { shape: [latents.length, width], dtype: "float32" } },
    compute: (weights, { latents }) => ({
      images: decodedMeans(model, weights, latents as Tensor2D),
    }),
  }, { latents: joined(latents, width) });
  return { count: latents.length, ...shape, pixels: images! };
}

/** log p(z) of latent vectors, in nats. */
export function logPrior(
  { model, variables, width }: ExploredModel,
  densities: Densities,
  latents: readonly Float64Array[],
): Float32Array {
  return runOnce({
    variables,
    inputs: { latents: { shape: [latents.length, width], dtype: "float32" } },
    compute: (weights, { latents }) => ({
      density: densities.prior(
        latents as Tensor2D,
        priorScope(model, weights),
      ),
    }),
  }, { latents: joined(latents, width) })["density"]!;
}

/** Rows of a flat array. */
export function rowsOf(data: Float32Array, width: number): Float32Array[] {
  return Array.from(
    { length: data.length / width },
    (_, i) => data.subarray(i * width, (i + 1) * width),
  );
}

function joined(rows: readonly Float64Array[], width: number): Float32Array {
  const data = new Float32Array(rows.length * width);
  rows.forEach((row, i) => data.set(row, i * width));
  return data;
}

function runOnce(spec: ProgramSpec, feeds: Feeds) {
  const program = createProgram(spec);
  try {
    return program.run(feeds);
  } finally {
    program.dispose();
  }
}
