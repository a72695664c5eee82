/** Seeded images that look a little like digits, for tests without data. @module */

import type { ImageBatch } from "../../core/vae/model/artifacts.ts";

/** Options of {@link fakeImages}. */
export interface FakeImagesOptions {
  readonly seed?: number;
  readonly size?: number;
}

/** Blurred random strokes, `size` pixels square. */
export function fakeImages(
  count: number,
  { seed = 1, size = 28 }: FakeImagesOptions = {},
): ImageBatch {
  const uniform = generator(seed);
  const pixels = new Float32Array(count * size * size);
  for (let index = 0; index < count; index++) {
    const image = pixels.subarray(
      index * size * size,
      (index + 1) * size * size,
    );
    let x = size * (0.3 + 0.4 * uniform());
    let y = size * 0.2;
    let angle = 2 * uniform();
    for (let step = 0; step < size * 1.6; step++) {
      angle += uniform() - 0.45;
      x = Math.min(size * 0.8, Math.max(size * 0.2, x + Math.cos(angle)));
      y = Math.min(size * 0.85, Math.max(size * 0.15, y + Math.sin(angle)));
      stamp(image, { x, y, size });
    }
  }
  return { count, height: size, width: size, pixels };
}

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Brightens what lies within four pixels of a place. */
function stamp(
  image: Float32Array,
  { x, y, size }: { x: number; y: number; size: number },
): void {
  const from = (middle: number) => Math.max(0, Math.ceil(middle - 4));
  const to = (middle: number) => Math.min(size - 1, Math.floor(middle + 4));
  for (let row = from(y); row <= to(y); row++) {
    for (let column = from(x); column <= to(x); column++) {
      const far = (row - y) ** 2 + (column - x) ** 2;
      const place = row * size + column;
      image[place] = Math.max(image[place] ?? 0, Math.exp(-far / 1.6));
    }
  }
}
