/** Bytes that look random and follow from a number: every run has the same. */
export function bytes(seed: number, count: number): Uint8Array {
  const drawn = new Uint8Array(count);
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  for (let i = 0; i < count; i++) {
    // xorshift32 (Marsaglia 2003).
    state = (state ^ (state << 13)) >>> 0;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    drawn[i] = state >>> 24;
  }
  return drawn;
}

/** The same as numbers in [0, 1). */
export function floats(seed: number, count: number): Float32Array {
  return Float32Array.from(bytes(seed, count), (byte) => byte / 256);
}
