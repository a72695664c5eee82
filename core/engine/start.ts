/**
 * Starts an engine: the one place where TensorFlow is loaded on purpose.
 *
 * @module
 */

import { availableParallelism } from "node:os";
import process from "node:process";
import { UserError } from "../lib/errors.ts";
import {
  describeEngine,
  type Engine,
  type EngineChoice,
  type EngineInfo,
} from "./engine.ts";
import { registerGradients } from "./gradients/mod.ts";
import { tf } from "./tf.ts";

/** Options of {@link startEngine}. */
export interface StartEngineOptions {
  /** Threads of the native engine and of wasm; cpu has one. Default: the cores. */
  readonly threads?: number;
}

/** Name of each engine's backend in TensorFlow.js. */
const BACKENDS = { native: "tensorflow", wasm: "wasm", cpu: "cpu" } as const;

/**
 * Loads an engine, makes it the current one and gives it the kernels it lacks.
 *
 * An engine's number of threads is fixed by its first start in a process;
 * `engine.threads` tells which it was.
 *
 * @throws {UserError} where the engine cannot be loaded
 */
export async function startEngine(
  engine: EngineInfo | EngineChoice,
  options: StartEngineOptions = {},
): Promise<Engine> {
  const info = typeof engine === "string"
    ? await describeEngine(engine)
    : engine;
  const threads = await load(info, options.threads ?? availableParallelism());
  const backend = BACKENDS[info.name];
  if (!await tf.setBackend(backend)) {
    throw new UserError(
      `Cannot start the ${info.name} engine: TensorFlow.js refused its backend "${backend}"`,
      {
        hint: "Run doctor to see what is missing",
      },
    );
  }
  await tf.ready();
  if (info.name === "wasm") {
    const { guardHeap } = await import("./wasm/heap.ts");
    guardHeap(tf.backend());
  }
  registerGradients();
  const { registerKernels } = await import("./kernels/mod.ts");
  registerKernels();
  return { ...info, threads };
}

async function load(info: EngineInfo, threads: number): Promise<number> {
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  if (info.name === "native") {
    const { loadNative } = await import("./start_native.ts");
    return await loadNative(threads);
  }
  // Only tells about tfjs-node, which was not chosen.
  tf.env().set("PROD", true);
  if (info.name === "wasm") {
    const { loadWasm } = await import("./wasm/backend.ts");
    return await loadWasm(threads);
  }
  return 1;
}
