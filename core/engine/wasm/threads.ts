/**
 * Threads that share matrix products and convolutions: Node's workers over one
 * memory, woken for each. Panels of a result, or groups of images, are taken by
 * whoever is free, and are the same whoever computes them: the number of threads
 * changes no bit.
 *
 * @module
 */

import { Worker } from "node:worker_threads";
import type { WasmFunctions } from "./module.ts";
import type { WebAssemblyMemory } from "./web_assembly.ts";

/** What the threads work with. */
export interface ThreadsSetup {
  /** The compiled module. */
  readonly module: object;
  /** The same for all of them. */
  readonly memory: WebAssemblyMemory;
  /** The main thread's instance. */
  readonly functions: WasmFunctions;
  /** Gives memory that is never given back. */
  allocate(bytes: number): number;
}

/** The shares that a thread does, by their numbers. */
const SHARES = ["matMulShare", "convolutionShare"] as const;

/** Places in the state that threads share, an array of 32-bit integers. */
const WORDS = {
  /** Grows by one for each piece of work. */
  turn: 0,
  /** Threads that have not finished their share. */
  left: 1,
  failed: 2,
  /** Panels or images taken. */
  taken: 3,
  scratch: 4,
  scratchBytes: 5,
  /** Which of the shares it is, and how many arguments it has. */
  share: 6,
  count: 7,
  /** Arguments up to the scratch, at most nine. */
  arguments: 8,
  length: 17,
} as const;

/** What a thread is given (./thread.mjs). */
export interface ThreadData {
  readonly module: object;
  readonly memory: WebAssemblyMemory;
  /** Where the state is, in bytes. */
  readonly control: number;
  readonly words: typeof WORDS;
  readonly shares: typeof SHARES;
  /** 1 and up; the main thread is 0. */
  readonly index: number;
}

/** Any of the shares: its own arguments, scratch, and the place of `taken`. */
export type Share = (...numbers: number[]) => void;

/** Multiplications below which waking a thread costs more than it brings. */
const WORTHWHILE = 2 ** 21;

/** The module's functions, with products done by `count` threads, this one among them. */
export async function withThreads(
  setup: ThreadsSetup,
  count: number,
): Promise<WasmFunctions> {
  const { module, memory, functions } = setup;
  const control = setup.allocate(4 * WORDS.length);
  const state = new Int32Array(memory.buffer, control, WORDS.length).fill(0);
  await Promise.all(
    Array.from({ length: count - 1 }, (_, i) =>
      startThread({
        module,
        memory,
        control,
        words: WORDS,
        shares: SHARES,
        index: i + 1,
      })),
  );
  /** All threads do their share; the last argument is scratch for all of them. */
  const together = (
    share: typeof SHARES[number],
    args: readonly (number | boolean)[],
    scratchFloats: number,
  ) => {
    const numbers = args.slice(0, -1).map(Number);
    const scratch = Number(args.at(-1));
    state[WORDS.failed] = 0;
    state[WORDS.taken] = 0;
    state[WORDS.scratch] = scratch;
    state[WORDS.scratchBytes] = 4 * scratchFloats;
    state[WORDS.share] = SHARES.indexOf(share);
    state[WORDS.count] = numbers.length;
    state.set(numbers, WORDS.arguments);
    Atomics.store(state, WORDS.left, count - 1);
    Atomics.add(state, WORDS.turn, 1);
    Atomics.notify(state, WORDS.turn);
    (functions[share] as Share)(
      ...numbers,
      scratch,
      control + 4 * WORDS.taken,
    );
    for (let left; (left = Atomics.load(state, WORDS.left)) > 0;) {
      Atomics.wait(state, WORDS.left, left);
    }
    if (state[WORDS.failed] !== 0) {
      throw new Error("A thread failed in a matrix product");
    }
  };
  return {
    ...functions,
    scratchFloats: (...sizes) => count * functions.scratchFloats(...sizes),
    matMul(...args) {
      const [, , , m, n, k, transposeA] = args;
      if (m * n * k < WORTHWHILE) return functions.matMul(...args);
      const floats = functions.scratchFloats(m, k, transposeA);
      together("matMulShare", args, floats);
    },
    convolutionFloats: (...sizes) =>
      count * functions.convolutionFloats(...sizes),
    convolution(...args) {
      const [kind, , , , geometry] = args;
      const floats = functions.convolutionFloats(kind, geometry);
      together("convolutionShare", args, floats);
    },
  };
}

/** Starts a thread that ends with the process. */
async function startThread(data: ThreadData): Promise<void> {
  const thread = new Worker(new URL("./thread.mjs", import.meta.url), {
    workerData: data,
    execArgv: [],
  });
  await new Promise((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
  });
  thread.unref();
}
