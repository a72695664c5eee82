/**
 * A thread of ./threads.ts: waits for its turn, does its share of a matrix
 * product, says so, and waits again. JavaScript, so that it starts without tsx.
 *
 * @module
 */

import { parentPort, workerData } from "node:worker_threads";

const { module, memory, control, words, index } = workerData;
const { matMulShare } =
  new globalThis.WebAssembly.Instance(module, { env: { memory } }).exports;
const state = new Int32Array(memory.buffer, control, words.length);
let turn = 0;
parentPort.postMessage("ready");
for (;;) {
  Atomics.wait(state, words.turn, turn);
  turn = Atomics.load(state, words.turn);
  const product = state.slice(words.product, words.length);
  const scratch = state[words.scratch] + index * state[words.scratchBytes];
  try {
    matMulShare(...product, scratch, control + 4 * words.taken);
  } catch {
    Atomics.store(state, words.failed, 1);
  }
  Atomics.sub(state, words.left, 1);
  Atomics.notify(state, words.left);
}
