/**
 * The embedded engine: TensorFlow.js on WebAssembly, from the package's own
 * files, with SIMD, and with matrix products of our own (./mat_mul.ts).
 *
 * @module
 */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as tfjsWasm from "@tensorflow/tfjs-backend-wasm";
import { skipEqualCasts } from "../ops/equal_cast.ts";
import { tf } from "../tf.ts";
import { registerArrangements } from "./arrange.ts";
import { bridgeKernels } from "./bridge.ts";
import { registerConvolutions } from "./convolution.ts";
import { registerWasmKernels } from "./kernels.ts";
import { registerMatMul } from "./mat_mul.ts";
import { hasRelaxedSimd } from "./relaxed_simd.ts";
import { threadedBackend } from "./threaded_backend.ts";

const require = createRequire(import.meta.url);
let started: number | undefined;

/**
 * Registers the wasm backend and completes its kernels, unless that was done.
 * Gives the number of threads that it has: `threads`, or 1 where Node has no
 * relaxed SIMD or the machine does not give what threads need. Their number
 * changes no result.
 */
export async function loadWasm(threads: number): Promise<number> {
  if (started !== undefined) return started;
  const { setWasmPaths } = require(
    "@tensorflow/tfjs-backend-wasm",
  ) as typeof tfjsWasm;
  const dist = join(
    dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")),
    "dist",
  );
  setWasmPaths(`${dist}/`);
  registerMatMul();
  registerConvolutions();
  registerArrangements();
  skipEqualCasts("wasm");
  registerWasmKernels();
  bridgeKernels();
  started = hasRelaxedSimd() ? threads : 1;
  if (started > 1) {
    try {
      const backend = await threadedBackend(dist, started);
      tf.removeBackend("wasm");
      tf.registerBackend("wasm", () => backend);
    } catch {
      // Address space for a shared memory, or a process's limit of threads.
      started = 1;
    }
  }
  return started;
}
