/**
 * The embedded engine: TensorFlow.js on WebAssembly, from the package's own
 * files.
 *
 * It runs one thread: the package's threaded build cannot start its workers
 * under Node (it hands `worker_threads` a `blob:` address), so TensorFlow.js
 * switches it off there. SIMD is on.
 *
 * @module
 */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as tfjsWasm from "@tensorflow/tfjs-backend-wasm";
import { bridgeKernels } from "./bridge.ts";
import { registerWasmKernels } from "./kernels.ts";
import { registerMatMul } from "./mat_mul.ts";

const require = createRequire(import.meta.url);
let loaded = false;

/** Registers the wasm backend and completes its kernels; once a process. */
export function loadWasm(): void {
  if (loaded) return;
  const { setWasmPaths } = require(
    "@tensorflow/tfjs-backend-wasm",
  ) as typeof tfjsWasm;
  setWasmPaths(
    `${
      join(
        dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")),
        "dist",
      )
    }/`,
  );
  registerMatMul();
  registerWasmKernels();
  bridgeKernels();
  loaded = true;
}
