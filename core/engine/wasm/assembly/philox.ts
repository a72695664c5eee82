/**
 * Uniform draws from Philox4x32-10, bit for bit those of
 * ../../kernels/scalar/draws.ts.
 *
 * @module
 */

const ROUNDS: i32 = 10;
const MULTIPLIER_0: u64 = 0xd2511f53;
const MULTIPLIER_1: u64 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;

/** `count` draws from the open interval (0, 1): odd multiples of 2^-24. */
export function uniformDraws(
  to: usize,
  count: i32,
  key0: u32,
  key1: u32,
): void {
  const blocks = (count + 3) / 4;
  for (let block = 0; block < blocks; block++) {
    let c0: u32 = block, c1: u32 = 0, c2: u32 = 0, c3: u32 = 0;
    let k0 = key0, k1 = key1;
    for (let round = 0; round < ROUNDS; round++) {
      const product0 = MULTIPLIER_0 * <u64> c0;
      const product1 = MULTIPLIER_1 * <u64> c2;
      c0 = <u32> (product1 >> 32) ^ c1 ^ k0;
      c1 = <u32> product1;
      c2 = <u32> (product0 >> 32) ^ c3 ^ k1;
      c3 = <u32> product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    const left = count - block * 4;
    f32.store(to, open(c0));
    if (left > 1) f32.store(to, open(c1), 4);
    if (left > 2) f32.store(to, open(c2), 8);
    if (left > 3) f32.store(to, open(c3), 12);
    to += 16;
  }
}

function open(word: u32): f32 {
  return (<f32> (word >> 9) + 0.5) * (1.0 / 8388608.0);
}
