/**
 * A counter-based random stream in 32-bit integer arithmetic: draw `k` of item
 * `i` is a pure function of (seed, i, k), the same on every machine.
 *
 * The hash is `pcg3d` of Jarzynski and Olano, "Hash Functions for GPU
 * Rendering", Journal of Computer Graphics Techniques 9(3), 2020, listing 11.
 *
 * @module
 */

/** Draws for one item. */
export interface Draws {
  /** Uniform on [low, high). */
  uniform(low: number, high: number): number;
  /** Whole number from 0 to `count - 1`. */
  below(count: number): number;
  /**
   * Bell-shaped with mean 0 and variance 1, within [-3.5, 3.5]: four uniforms
   * added and scaled (Irwin-Hall), which needs no transcendental function and
   * so is the same to the last bit everywhere.
   */
  bell(): number;
}

/** The stream of item `index` under `seed`; both unsigned 32-bit. */
export function drawsFor(seed: number, index: number): Draws {
  let counter = 0;
  function next(): number {
    return pcg3d(seed, index, counter++) / 2 ** 32;
  }
  return {
    uniform: (low, high) => low + (high - low) * next(),
    below: (count) => Math.floor(next() * count),
    bell: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
  };
}

/** First component of the hash of three unsigned 32-bit numbers. */
function pcg3d(a: number, b: number, c: number): number {
  let x = Math.imul(a, 1664525) + 1013904223 | 0;
  let y = Math.imul(b, 1664525) + 1013904223 | 0;
  let z = Math.imul(c, 1664525) + 1013904223 | 0;
  x = x + Math.imul(y, z) | 0;
  y = y + Math.imul(z, x) | 0;
  z = z + Math.imul(x, y) | 0;
  x ^= x >>> 16;
  y ^= y >>> 16;
  z ^= z >>> 16;
  x = x + Math.imul(y, z) | 0;
  return x >>> 0;
}
