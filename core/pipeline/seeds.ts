/**
 * Seeds of stages.
 *
 * @module
 */

import { sha256 } from "../store/files.ts";

/**
 * The seed of a stage: unsigned, 32 bits. It depends on nothing but the run's
 * seed and the stage's name, so that every prior sees the same batches.
 */
export function stageSeed(seed: number, stage: string): number {
  return parseInt(sha256(`${seed}/${stage}`).slice(0, 8), 16);
}
