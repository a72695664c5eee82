/**
 * Our kernels in place of the package's.
 *
 * @module
 */

import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { tf } from "../tf.ts";

/** What a kernel is called with. */
export type KernelCall = Parameters<KernelConfig["kernelFunc"]>[0];

/**
 * Registers a kernel for wasm. One of that name is replaced, and still set up:
 * the new one may call it.
 */
export function replaceKernel(
  kernelName: string,
  kernelFunc: (call: KernelCall) => TensorInfo | TensorInfo[],
): void {
  const before = tf.getKernel(kernelName, "wasm");
  if (before !== undefined) tf.unregisterKernel(kernelName, "wasm");
  const { setupFunc } = before ?? {};
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc,
    ...(setupFunc && { setupFunc }),
  });
}
