/**
 * Batches of images, in an order that is a pure function of seed and epoch.
 *
 * @module
 */

import { uniformStream } from "../engine/random.ts";

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

/** Rows of `images` (`[N, size]`) at `indices`, copied into one batch. */
export function gatherRows(
  images: Uint8Array,
  size: number,
  indices: ArrayLike<number>,
): Uint8Array {
  const batch = new Uint8Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    const start = indices[i]! * size;
    batch.set(images.subarray(start, start + size), i * size);
  }
  return batch;
}
