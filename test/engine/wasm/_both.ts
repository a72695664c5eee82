/** The same work on wasm and on plain JavaScript. @module */

import { tf } from "../../../core/engine/tf.ts";

/** Twelve numbers on both sides of zero. */
export const SIGNED: number[] = [
  -3,
  -2.1,
  -1.4,
  -0.6,
  -0.2,
  -1e-3,
  1e-3,
  0.25,
  0.7,
  1.2,
  2.2,
  3.1,
];

/** What `work` gives on wasm, and on cpu. */
export async function onBoth<T>(work: () => T): Promise<[T, T]> {
  await tf.setBackend("wasm");
  const wasm = work();
  await tf.setBackend("cpu");
  return [wasm, work()];
}
