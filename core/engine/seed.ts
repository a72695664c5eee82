/**
 * Seeds from seeds; loads nothing, for plans derive them too.
 *
 * @module
 */

import { createHash } from "node:crypto";

/**
 * The seed of the stream called `name` under `seed`: the first 32 bits of a
 * SHA-256 digest, unsigned.
 */
export function deriveSeed(seed: number, name: string): number {
  return createHash("sha256").update(`${seed}/${name}`).digest()
    .readUInt32BE(0);
}
