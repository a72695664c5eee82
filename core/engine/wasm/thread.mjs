/**
 * A thread of ./threads.ts: waits for its turn, does its share of a matrix
 * product, says so, and waits again. JavaScript, so that it starts without tsx.
 *
 * @module
 */

import { parentPort, workerData } from "node:worker_threads";

/** @type {import("./threads.ts").ThreadData} */
const { module, memory, control, words, index } = workerData;
const { WebAssembly } =
  /** @type {{ WebAssembly: import("./web_assembly.ts").WebAssemblyInterface }} */
  (/** @type {unknown} */ (globalThis));
const { matMulShare } =
  /** @type {import("./module.ts").WasmFunctions} */
  (new WebAssembly.Instance(module, { env: { memory } }).exports);
const state = new Int32Array(memory.buffer, control, words.length);
/** @param {number} word */
const load = (word) => Atomics.load(state, word);
let turn = 0;
parentPort?.postMessage("ready");
for (;;) {
  Atomics.wait(state, words.turn, turn);
  turn = load(words.turn);
  const product = /** @type {import("./threads.ts").ProductWords} */
    (/** @type {unknown} */ ([...state.slice(words.product, words.length)]));
  const scratch = load(words.scratch) + index * load(words.scratchBytes);
  try {
    matMulShare(...product, scratch, control + 4 * words.taken);
  } catch {
    Atomics.store(state, words.failed, 1);
  }
  Atomics.sub(state, words.left, 1);
  Atomics.notify(state, words.left);
}
