/**
 * The package's threaded build on Node, for its shared memory. Its own threads
 * cannot start there (it hands `worker_threads` a `blob:` address), and are not
 * wanted: they would share products half as fast as ours (./threads.ts). They
 * are replaced by stand-ins that do nothing.
 *
 * @module
 */

import { createRequire } from "node:module";
import { join } from "node:path";
import type { KernelBackend } from "@tensorflow/tfjs";
import type * as tfjsWasm from "@tensorflow/tfjs-backend-wasm";
import { instantiateShared, provideFunctions } from "./module.ts";
import { withThreads } from "./threads.ts";
import { WebAssembly, type WebAssemblyMemory } from "./web_assembly.ts";

const require = createRequire(import.meta.url);

/** The package's compiled module, an Emscripten one. */
interface PackageModule {
  tfjs: Record<string, unknown>;
  cwrap(name: string, result: string | null, args: string[]): unknown;
  _malloc(bytes: number): number;
}
type Factory = (options: {
  readonly wasmMemory: WebAssemblyMemory;
  readonly mainScriptUrlOrBlob: string;
  locateFile(name: string): string;
}) => Promise<PackageModule>;

/** Functions of the package's module that its backend calls. */
const FUNCTIONS = {
  init: ["init", null, []],
  initWithThreadsCount: ["init_with_threads_count", null, ["number"]],
  getThreadsCount: ["get_threads_count", "number", []],
  registerTensor: ["register_tensor", null, ["number", "number", "number"]],
  disposeData: ["dispose_data", null, ["number"]],
  dispose: ["dispose", null, []],
} as const;
/** 64 KiB each; at most 4 GiB, as the package has it. */
const PAGES = { initial: 256, maximum: 65536 } as const;

/**
 * Makes a backend over a memory that `threads` threads share.
 *
 * @param dist the package's folder of WebAssembly files
 */
export async function threadedBackend(
  dist: string,
  threads: number,
): Promise<KernelBackend> {
  const { BackendWasm, setThreadsCount } = require(
    "@tensorflow/tfjs-backend-wasm",
  ) as typeof tfjsWasm;
  const memory = new WebAssembly.Memory({ ...PAGES, shared: true });
  const wasm = await withoutWorkers(() =>
    (require(
      "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js",
    ) as Factory)({
      wasmMemory: memory,
      mainScriptUrlOrBlob: "unused",
      locateFile: (name) => join(dist, name),
    })
  );
  wasm.tfjs = Object.fromEntries(
    Object.entries(FUNCTIONS).map(([name, [symbol, result, args]]) => [
      name,
      wasm.cwrap(symbol, result, [...args]),
    ]),
  );
  setThreadsCount(1);
  const backend = new BackendWasm(wasm as never);
  const { module, functions } = instantiateShared(memory);
  provideFunctions(
    wasm,
    await withThreads({
      module,
      memory,
      functions,
      allocate: (bytes) => wasm._malloc(bytes),
    }, threads),
  );
  return backend;
}

/** Runs what makes workers while they are stand-ins. */
async function withoutWorkers<T>(work: () => Promise<T>): Promise<T> {
  const before = Object.getOwnPropertyDescriptor(globalThis, "Worker");
  Object.defineProperty(globalThis, "Worker", {
    configurable: true,
    get: () => StandIn,
    // The package puts Node's worker there.
    set: () => {},
  });
  try {
    return await work();
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, "Worker");
    else Object.defineProperty(globalThis, "Worker", before);
  }
}

/** A worker that says it has loaded the module, and no more. */
class StandIn {
  #tell: ((message: { readonly cmd: string }) => void) | undefined;

  on(event: string, listener: (message: { readonly cmd: string }) => void) {
    if (event === "message") this.#tell = listener;
  }

  postMessage(message: { readonly cmd: string }): void {
    if (message.cmd !== "load") return;
    queueMicrotask(() => this.#tell?.({ cmd: "loaded" }));
  }

  ref(): void {}
  unref(): void {}
  terminate(): void {}
}
