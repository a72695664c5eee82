/** Normal numbers that are the same every time. @module */

import { uniformStream } from "../../core/engine/random.ts";

/** Standard normal numbers of a stream (Box and Muller). */
export function normalStream(seed: number, stream: number): () => number {
  const uniform = uniformStream(seed, stream);
  let second: number | null = null;
  return () => {
    if (second !== null) {
      const kept = second;
      second = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    second = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
