/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw,
 * "Parallel random numbers: as easy as 1, 2, 3" (SC 2011): a bijection of a
 * counter under a key, so that any draw can be made without those before it.
 *
 * @module
 */

const ROUNDS = 10;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
/** Weyl constants that bump the key from round to round. */
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/** A block of four 32-bit words. */
export type PhiloxBlock = Uint32Array;

/** A key of two 32-bit words. */
export type PhiloxKey = readonly [number, number];

/**
 * Replaces the counter in `block` with the four random words that it stands for
 * under `key`.
 */
export function philox(block: PhiloxBlock, key: PhiloxKey): void {
  let c0 = block[0]!, c1 = block[1]!, c2 = block[2]!, c3 = block[3]!;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1 >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

/** A 32-bit word as a number of the open interval (0, 1). */
export function openUniform(word: number): number {
  return (word + 0.5) / 4294967296;
}

/** The upper 32 bits of a 64-bit product of unsigned words. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff, a1 = a >>> 16;
  const b0 = b & 0xffff, b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const carry = (middle & 0xffff) + a0 * b1;
  return a1 * b1 + (middle >>> 16) + (carry >>> 16);
}
