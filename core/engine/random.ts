/**
 * Seeded random streams: pure functions of (seed, name, step, call), the same
 * call on every engine. Nothing is hidden in a generator's state, so a step can
 * be repeated, compiled and resumed exactly.
 *
 * @module
 */

import { callKernel } from "./kernels/call.ts";
import { openUniform, philox, type PhiloxKey } from "./random_philox.ts";
import { type Tensor, tf } from "./tf.ts";

export { deriveSeed } from "./seed.ts";

/** What a prior or a stage draws from. */
export interface Random {
  /** Standard normal draws of the given shape. */
  normal(shape: readonly number[]): Tensor;
  /** Uniform draws from the open interval (0, 1). */
  uniform(shape: readonly number[]): Tensor;
  /**
   * Draws from Gamma(concentration, rate 1), in the shape of `concentration`,
   * with the implicit reparameterisation gradient (Figurnov, Mohamed and Mnih
   * 2018, eq. 5) with respect to `concentration`.
   */
  gamma(concentration: Tensor): Tensor;
  /**
   * Logarithm of a Gamma(concentration, rate 1) draw, exact where the draw
   * itself would underflow (concentration well below 1), with its implicit
   * gradient.
   */
  logGamma(concentration: Tensor): Tensor;
}

/** Options of {@link createRandom}. */
export interface CreateRandomOptions {
  /** The stream: an unsigned 32-bit number, best from {@link deriveSeed}. */
  readonly seed: number;
  /**
   * The position in the stream, an int32: a number, or a scalar tensor, which
   * keeps it an input where the draws are compiled into a graph.
   */
  readonly step: number | Tensor;
}

/**
 * A source of draws that are a function of (seed, step, number of the call) on
 * a given engine; the engines differ in their bits.
 *
 * @example
 * ```ts
 * const noise = createRandom({ seed: deriveSeed(1, "noise"), step: 0 });
 * const epsilon = noise.normal([128, 20]);
 * ```
 */
export function createRandom({ seed, step }: CreateRandomOptions): Random {
  let calls = 0;
  const draw = (
    make: (step: Tensor, key: number) => Tensor,
  ): Tensor => {
    const key = callKey(seed, calls++);
    return tf.tidy(() =>
      make(typeof step === "number" ? tf.scalar(step, "int32") : step, key)
    );
  };
  const logGamma = (concentration: Tensor): Tensor => {
    const boostKey = callKey(seed, calls++);
    return draw((step, key) =>
      callKernel("SeededLogGamma", { concentration, step }, { key, boostKey })
    );
  };
  return {
    normal: (shape) =>
      draw((step, key) =>
        callKernel("SeededNormal", { step }, { key, shape: [...shape] })
      ),
    uniform: (shape) =>
      draw((step, key) =>
        callKernel("SeededUniform", { step }, { key, shape: [...shape] })
      ),
    gamma: (concentration) => tf.tidy(() => tf.exp(logGamma(concentration))),
    logGamma,
  };
}

/**
 * Uniform numbers in (0, 1) for use in JavaScript, the same on every engine:
 * each call of the returned function gives the next one of stream `stream`.
 */
export function uniformStream(seed: number, stream: number): () => number {
  const key: PhiloxKey = [seed >>> 0, stream >>> 0];
  const block = new Uint32Array(4);
  let drawn = 0;
  return () => {
    const word = drawn % 4;
    if (word === 0) {
      const index = drawn / 4;
      block.set([index >>> 0, Math.floor(index / 4294967296), 0, 0]);
      philox(block, key);
    }
    drawn++;
    return openUniform(block[word]!);
  };
}

/**
 * The key of call number `call`, an int32. For a given seed different calls
 * have different keys, since each step is a bijection of 32 bits.
 */
function callKey(seed: number, call: number): number {
  return mix(mix(seed) ^ Math.imul(call + 1, 0x9e3779b1)) | 0;
}

/** The finaliser of MurmurHash3: every input bit moves every output bit. */
function mix(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
