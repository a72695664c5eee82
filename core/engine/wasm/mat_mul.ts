/**
 * Matrix products on wasm. Its fast path (XNNPACK) takes plain rank-2 factors
 * only; a transposed one, as in every gradient of a product, falls back to a
 * loop that is ten times slower. Transposing first costs next to nothing.
 *
 * @module
 */

import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { tf } from "../tf.ts";

interface MatMulCall {
  readonly inputs: Record<string, TensorInfo>;
  readonly backend: { disposeData(dataId: object): unknown };
  readonly attrs: Record<string, unknown>;
}
type Kernel = (call: MatMulCall) => TensorInfo;

/** Makes `matMul` on wasm transpose first; gradients follow, being products themselves. */
export function speedUpMatMul(): void {
  for (const kernelName of ["BatchMatMul", "_FusedMatMul"]) {
    const config = kernel(kernelName);
    const multiply = config.kernelFunc as unknown as Kernel;
    tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      ...config,
      kernelFunc: transposeFirst(
        multiply,
      ) as unknown as KernelConfig["kernelFunc"],
    });
  }
}

function transposeFirst(multiply: Kernel): Kernel {
  return (call) => {
    const { transposeA, transposeB } = call.attrs;
    if (!transposeA && !transposeB) return multiply(call);
    const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
    const left = transposeA ? transpose(a, call) : a;
    const right = transposeB ? transpose(b, call) : b;
    const product = multiply({
      ...call,
      inputs: { ...call.inputs, a: left, b: right },
      attrs: { ...call.attrs, transposeA: false, transposeB: false },
    });
    if (left !== a) call.backend.disposeData(left.dataId);
    if (right !== b) call.backend.disposeData(right.dataId);
    return product;
  };
}

/** The last two axes exchanged. */
function transpose(x: TensorInfo, { backend }: MatMulCall): TensorInfo {
  const rank = x.shape.length;
  const perm = [...Array(rank).keys()];
  [perm[rank - 2], perm[rank - 1]] = [rank - 1, rank - 2];
  return (kernel("Transpose").kernelFunc as unknown as Kernel)({
    inputs: { x },
    backend,
    attrs: { perm },
  });
}

function kernel(name: string): KernelConfig {
  const config = tf.getKernel(name, "wasm");
  if (config === undefined) {
    throw new Error(`tfjs-backend-wasm has no kernel ${name}`);
  }
  return config;
}
