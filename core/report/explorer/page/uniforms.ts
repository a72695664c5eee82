/**
 * Uniform numbers for the page: the same ones whenever it is opened.
 *
 * @module
 */

import { openUniform, philox } from "../../../engine/random_philox.ts";

/** A stream of numbers in (0, 1). */
export function uniforms(): () => number {
  let drawn = 0;
  return () => {
    const block = Uint32Array.of(drawn++, 0, 0, 0);
    philox(block, [0, 0]);
    return openUniform(block[0]!);
  };
}
