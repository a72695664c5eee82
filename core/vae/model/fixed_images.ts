/**
 * Images made binary once and for all: the same for every run and seed, so that
 * figures compare.
 *
 * @module
 */

import { uniformStream } from "../../engine/random.ts";
import type { Binarization } from "./binarize.ts";

const SEED = 20_141_031;

/** Which images; each kind has a stream of its own. */
const STREAMS = { test: 0, train: 1 } as const;

/**
 * Bytes 0 and 255 from grey levels: drawn from them for `dynamic`, cut at one
 * half for `threshold`; `grey` leaves them as they are.
 */
export function fixedImages<Pixels extends Uint8Array | Float32Array>(
  pixels: Pixels,
  options: {
    readonly binarization: Binarization;
    readonly set: keyof typeof STREAMS;
  },
): Pixels {
  const { binarization, set } = options;
  if (binarization === "grey") return pixels;
  const uniform = uniformStream(SEED, STREAMS[set]);
  return pixels.map((pixel) =>
    (binarization === "threshold" ? pixel > 127.5 : uniform() * 255 < pixel)
      ? 255
      : 0
  ) as Pixels;
}
