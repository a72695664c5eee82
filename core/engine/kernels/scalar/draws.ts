/**
 * Draws in float64 from Philox, for the engines without TensorFlow's.
 *
 * @module
 */

import { openUniform, philox, type PhiloxKey } from "../../random_philox.ts";

/** `count` standard normal draws, four a block, by Box and Muller's transform. */
export function normalDraws(count: number, key: PhiloxKey): Float32Array {
  const values = new Float32Array(count);
  const block = new Uint32Array(4);
  for (let i = 0; i < count; i += 4) {
    block.set([i / 4, 0, 0, 0]);
    philox(block, key);
    for (let pair = 0; pair < 4; pair += 2) {
      const radius = radiusOf(block[pair]!);
      const angle = angleOf(block[pair + 1]!);
      // Writing past the end of a typed array does nothing.
      values[i + pair] = radius * Math.cos(angle);
      values[i + pair + 1] = radius * Math.sin(angle);
    }
  }
  return values;
}

/** `count` draws from the open interval (0, 1): odd multiples of 2^-24. */
export function uniformDraws(count: number, key: PhiloxKey): Float32Array {
  const values = new Float32Array(count);
  const block = new Uint32Array(4);
  for (let i = 0; i < count; i++) {
    if (i % 4 === 0) {
      block.set([i / 4, 0, 0, 0]);
      philox(block, key);
    }
    values[i] = ((block[i % 4]! >>> 9) + 0.5) / 8388608;
  }
  return values;
}

/**
 * Logarithms of Gamma(a, 1) draws (Marsaglia and Tsang, "A simple method for
 * generating gamma variables", 2000). Element i owns the counters (n, i).
 */
export function seededLogGamma(
  concentration: ArrayLike<number>,
  key: PhiloxKey,
): Float32Array {
  return Float32Array.from(
    concentration,
    (a, i) => logGammaDraw(a, i, key),
  );
}

function logGammaDraw(a: number, index: number, key: PhiloxKey): number {
  if (!(a > 0) || a === Infinity) return NaN;
  const block = new Uint32Array(4);
  const d = (a < 1 ? a + 1 : a) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  let boost = 0;
  for (let attempt = 0;; attempt++) {
    block.set([attempt, index, 0, 1]);
    philox(block, key);
    if (attempt === 0 && a < 1) boost = Math.log(openUniform(block[3]!)) / a;
    const x = radiusOf(block[0]!) * Math.cos(angleOf(block[1]!));
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root ** 3;
    const logV = 3 * Math.log1p(c * x);
    const logU = Math.log(openUniform(block[2]!));
    if (logU < x * x / 2 + d * (1 - v + logV)) {
      return Math.log(d) + logV + boost;
    }
  }
}

function radiusOf(word: number): number {
  return Math.sqrt(-2 * Math.log(openUniform(word)));
}

function angleOf(word: number): number {
  return 2 * Math.PI * openUniform(word);
}
