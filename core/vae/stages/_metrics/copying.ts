/** How near samples are to the training images. @module */

import type { Dataset } from "../../../../datasets/mod.ts";
import { shapeOfImage, sizeOfImage } from "../../../lib/image_shape.ts";
import type { Copying } from "../../metrics/artifacts.ts";
import {
  copyingProbability,
  nearestNeighbours,
  pointsOf,
} from "../../metrics/mod.ts";
import type { ImageBatch } from "../../model/artifacts.ts";
import { estimate } from "../../model/estimate.ts";

/** Images to look up, pixels in [0, 1], `[count, P]`. */
export interface CopyingOptions {
  readonly samples: Float32Array;
  /** What the same decoder makes of unseen images: as smooth as the samples. */
  readonly reconstructions: Float32Array;
  readonly pause: () => Promise<unknown>;
}

/** Pictures to show. */
const SHOWN = 20;

/** Looks the nearest training image of each up. */
export async function measureCopying(
  dataset: Dataset,
  { samples, reconstructions, pause }: CopyingOptions,
): Promise<Copying> {
  const { train } = dataset;
  const size = sizeOfImage(dataset);
  const references = pointsOf(train.images, size);
  const lookUp = async (images: Float32Array) => {
    // In bytes, as the training images are.
    const points = pointsOf(images.map((pixel) => pixel * 255), size);
    const found = await nearestNeighbours(points, references, { k: 1, pause });
    return {
      indices: found.indices,
      distances: found.squaredDistances.map((d) => Math.sqrt(d) / 255),
    };
  };
  const near = await lookUp(samples);
  const unseen = await lookUp(reconstructions);
  const count = Math.min(SHOWN, samples.length / size);
  const batch = (pixels: Float32Array): ImageBatch => ({
    ...shapeOfImage(dataset),
    count,
    pixels,
  });
  const nearest = new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    const start = near.indices[i]! * size;
    nearest.set(
      Float32Array.from(
        train.images.subarray(start, start + size),
        (byte) => byte / 255,
      ),
      i * size,
    );
  }
  return {
    probability: copyingProbability(near.distances, unseen.distances),
    distance: estimate(near.distances),
    distanceOfUnseen: estimate(unseen.distances),
    images: near.distances.length,
    samples: batch(samples.slice(0, count * size)),
    nearest: batch(nearest),
  };
}
