/**
 * Batches of images, in an order that is a pure function of seed and epoch.
 *
 * @module
 */

import { uniformStream } from "../../engine/random.ts";

/**
 * A random order of `count` images (Fisher and Yates), the same for the same
 * seed and epoch.
 */
export function shuffledOrder(
  count: number,
  stream: { seed: number; epoch: number },
): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const uniform = uniformStream(stream.seed, stream.epoch);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    const swapped = order[i]!;
    order[i] = order[j]!;
    order[j] = swapped;
  }
  return order;
}

/** Sizes of the batches that {@link batchReader} fills. */
export interface BatchSizes {
  /** Pixels of an image. */
  readonly size: number;
  /** Images of a batch. */
  readonly rows: number;
}

/**
 * Copies the rows of `images` (`[N, size]`) at given indices into a batch. There
 * is one batch, which the next call fills anew: a fresh one for each step of a
 * training is work for the garbage collector in every tenth of a second.
 */
export function batchReader(
  images: Uint8Array,
  { size, rows }: BatchSizes,
): (indices: ArrayLike<number>) => Uint8Array {
  const batch = new Uint8Array(rows * size);
  return (indices) => {
    for (let i = 0; i < rows; i++) {
      const start = indices[i]! * size;
      batch.set(images.subarray(start, start + size), i * size);
    }
    return batch;
  };
}

/** Starts of whole batches; the last one overlaps where the count does not divide. */
export function batchStarts(count: number, batchSize: number): number[] {
  const starts: number[] = [];
  for (let start = 0; start < count; start += batchSize) {
    starts.push(Math.min(start, count - batchSize));
  }
  return starts;
}
