/**
 * What the `explore` stage does.
 *
 * @module
 */

import { openModel } from "../../model/open_model.ts";
import { deriveSeed, uniformStream } from "../../../engine/random.ts";
import { type Geometry, toAxes } from "../../latent/axes.ts";
import {
  dependenceLimit,
  greatestDependence,
} from "../../latent/dependence.ts";
import type { Exploration } from "../../latent/exploration.ts";
import { pathName } from "../../latent/paths.ts";
import {
  levelOf,
  type Quantiles,
  quantilesOf,
} from "../../latent/quantiles.ts";
import { shapeOfImage, sizeOfImage } from "../../../lib/image_shape.ts";
import type { ImageBatch } from "../../model/artifacts.ts";
import { fixedImages } from "../../model/fixed_images.ts";
import type { Artifacts } from "../../../pipeline/artifacts.ts";
import type { ModelContext } from "../_context.ts";
import { denseLayers } from "./dense_layers.ts";
import { marginals } from "./marginals.ts";
import {
  decodeImages,
  drawPrior,
  encodeImages,
  type ExploredModel,
  rowsOf,
} from "./model.ts";
import { requireNumbers } from "../_finite.ts";
import type { ExploreOptions } from "./options.ts";
import {
  labelledPairs,
  manifoldVectors,
  pathVectors,
  SIDE,
  TRAVERSAL_LEVELS,
  traversalVectors,
  TRAVERSED,
  uniformVectors,
} from "./pictures.ts";
import { scatter } from "./scatter.ts";
import { pacer } from "../_train/pace.ts";

/** Looks at the latent space of a training. */
export async function explore(
  { dataset, training }: Pick<Artifacts, "dataset" | "training">,
  options: ExploreOptions,
  context: ModelContext,
): Promise<Exploration> {
  const { test } = dataset;
  const { inputSize, latentWidth } = training.architecture;
  const model: ExploredModel = {
    ...openModel(training, context, options.weights),
    seed: context.seed,
    width: latentWidth,
    shape: shapeOfImage(dataset),
  };
  const { prior: { support } } = model.model;
  const geometry: Geometry = { kind: support.kind, width: latentWidth };
  const axesOf = (latents: Float32Array) =>
    rowsOf(latents, latentWidth).map((row) => toAxes(geometry, row));

  const count = Math.min(options.images, test.count);
  const labels = test.labels.slice(0, count);
  const { means, draws } = await encodeImages(
    model,
    fixedImages(test.images.subarray(0, count * inputSize), {
      binarization: training.binarization,
      set: "test",
    }),
    pacer(context.signal),
  );
  const drawn = drawPrior(model, options.draws);
  requireNumbers({
    "values of posteriorMean": means,
    "draws of the posteriors": draws,
    "latents drawn from the prior": drawn,
  }, { ...context, stage: "explore" });
  const prior = axesOf(drawn);
  const quantiles = quantilesOf(geometry, prior);
  const activity = activities(levelsOf(quantiles, axesOf(means)));
  const order = [...activity.keys()]
    .sort((a, b) => activity[b]! - activity[a]! || a - b);
  const correlation = greatestDependence(levelsOf(quantiles, prior));
  const dependent = correlation > dependenceLimit(prior.length);

  const space = { support, quantiles, order };
  const mean = (i: number) =>
    means.subarray(i * latentWidth, (i + 1) * latentWidth);
  const pairs = labelledPairs(labels);
  const uniforms = (axis: number) =>
    uniformStream(deriveSeed(context.seed, "uniforms"), axis);
  const uniform = uniformVectors(space, uniforms);
  const [samples, moved, paths, square] = decodeParts(model, [
    uniform,
    traversalVectors(space, mean(0)),
    pathVectors(space, pairs.map(([a, b]) => [mean(a), mean(b)])),
    order.length === 2 ? manifoldVectors(space) : [],
  ]);
  return {
    support,
    quantiles,
    activity,
    order,
    dependence: { correlation, dependent },
    decoder: denseLayers(model.variables, uniform, samples!),
    samples: samples!,
    traversals: {
      images: moved!,
      axes: order.slice(0, TRAVERSED),
      levels: TRAVERSAL_LEVELS,
    },
    interpolations: {
      images: paths!,
      pairs: pairs.length,
      path: pathName(support),
    },
    manifold: order.length === 2 ? { images: square!, side: SIDE } : null,
    marginals: marginals({
      model,
      quantiles,
      order,
      prior,
      posterior: axesOf(draws),
      dependent,
    }),
    means: scatter(means, { geometry, labels }),
  };
}

function levelsOf(
  quantiles: Quantiles,
  rows: readonly Float64Array[],
): Float64Array[] {
  return rows.map((row) =>
    row.map((value, axis) => levelOf(quantiles, axis, value))
  );
}

/** Variance of each column over that of a uniform number. */
function activities(levels: readonly Float64Array[]): number[] {
  return Array.from({ length: levels[0]?.length ?? 0 }, (_, axis) => {
    const mean = levels.reduce((sum, row) => sum + row[axis]!, 0) /
      levels.length;
    const squares = levels.reduce(
      (sum, row) => sum + (row[axis]! - mean) ** 2,
      0,
    );
    return 12 * squares / levels.length;
  });
}

/** Decodes lists of vectors in one go. */
function decodeParts(
  model: ExploredModel,
  parts: readonly (readonly Float64Array[])[],
): readonly ImageBatch[] {
  const { pixels, ...shape } = decodeImages(model, parts.flat());
  const size = sizeOfImage(shape);
  let start = 0;
  return parts.map(({ length }) => {
    const part = pixels.slice(start * size, (start + length) * size);
    start += length;
    return { ...shape, count: length, pixels: part };
  });
}
