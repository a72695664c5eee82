/** Images as the peers' scripts have them: pixels white with chance 0.19. @module */

import { uniformStream } from "../../core/engine/random.ts";
import type { Dataset, ImageSet } from "../../datasets/mod.ts";

/** `count` square images, of which `pool` differ. */
export function randomImages(
  { count, pool: differing, side }: {
    readonly count: number;
    readonly pool: number;
    readonly side: number;
  },
): Dataset {
  const uniform = uniformStream(1, 0);
  const size = side * side;
  const pool = Uint8Array.from(
    { length: Math.min(differing, count) * size },
    () => uniform() < 0.19 ? 255 : 0,
  );
  const images = new Uint8Array(count * size);
  for (let at = 0; at < images.length; at += pool.length) {
    images.set(pool.subarray(0, images.length - at), at);
  }
  const train: ImageSet = { count, images, labels: new Uint8Array(count) };
  const meta = { name: "random", source: "a stream", synthetic: true };
  return { ...meta, height: side, width: side, train, test: train };
}
