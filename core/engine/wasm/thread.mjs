/**
 * A thread of ./threads.ts: waits for its turn, does its share of a
 * product, says so, and waits again. JavaScript, so that it starts without tsx.
 *
 * @module
 */

import { parentPort, workerData } from "node:worker_threads";

/** @type {import("./threads.ts").ThreadData} */
const { module, memory, control, words, shares, index } = workerData;
const { WebAssembly } =
  /** @type {{ WebAssembly: import("./web_assembly.ts").WebAssemblyInterface }} */
  (/** @type {unknown} */ (globalThis));
const functions =
  /** @type {Record<string, import("./threads.ts").Share>} */
  (new WebAssembly.Instance(module, { env: { memory } }).exports);
const state = new Int32Array(memory.buffer, control, words.length);
/** @param {number} word */
const load = (word) => Atomics.load(state, word);
let turn = 0;
parentPort?.postMessage("ready");
for (;;) {
  Atomics.wait(state, words.turn, turn);
  turn = load(words.turn);
  const given = state.slice(
    words.arguments,
    words.arguments + load(words.count),
  );
  const scratch = load(words.scratch) + index * load(words.scratchBytes);
  try {
    const share = functions[String(shares[load(words.share)])];
    share?.(...given, scratch, control + 4 * words.taken);
  } catch {
    Atomics.store(state, words.failed, 1);
  }
  Atomics.sub(state, words.left, 1);
  Atomics.notify(state, words.left);
}
