/**
 * Kernels that wasm lacks or has wrong, run by the cpu backend on copies: rare
 * ones, or the gradients of rare ones, so that a plugin may use any real-valued
 * op.
 *
 * @module
 */

import type {
  DataType,
  KernelBackend,
  KernelConfig,
  TensorInfo,
} from "@tensorflow/tfjs";
import { tf } from "../tf.ts";

/** What a backend needs for its tensors to be copied. */
interface Backend extends KernelBackend {
  readSync(dataId: object): Float32Array | Int32Array | Uint8Array;
  write(
    values: Float32Array | Int32Array | Uint8Array,
    shape: number[],
    dtype: DataType,
  ): object;
}

interface KernelCall {
  readonly inputs: Record<string, TensorInfo> | TensorInfo[];
  readonly backend: Backend;
  readonly attrs: Record<string, unknown>;
}
type Kernel = (call: KernelCall) => TensorInfo | TensorInfo[];

/** Kernels of complex numbers, strings, ragged tensors and canvases have no use here. */
const KERNELS = [
  "DepthwiseConv2dNativeBackpropFilter",
  "DepthwiseConv2dNativeBackpropInput",
  "Einsum",
  "UnsortedSegmentSum",
];

/** The package's give no gradient to a maximum below 0. */
const WRONG = ["MaxPoolGrad"];

/** Registers for wasm what only cpu has, or has right. */
export function bridgeKernels(): void {
  for (const kernelName of WRONG) tf.unregisterKernel(kernelName, "wasm");
  for (const kernelName of [...KERNELS, ...WRONG]) {
    if (tf.getKernel(kernelName, "wasm") !== undefined) continue;
    const config = tf.getKernel(kernelName, "cpu");
    if (config === undefined) {
      throw new Error(`tfjs-backend-cpu has no kernel ${kernelName}`);
    }
    const kernelFunc = bridge(
      config.kernelFunc as unknown as Kernel,
    ) as unknown as KernelConfig["kernelFunc"];
    tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
  }
}

function bridge(kernel: Kernel): Kernel {
  return ({ inputs, backend: wasm, attrs }) => {
    const cpu = tf.findBackend("cpu") as unknown as Backend;
    const copies = Object.entries(inputs).map(([name, info]) =>
      [name, copy(info as TensorInfo, wasm, cpu)] as const
    );
    const given = Array.isArray(inputs)
      ? copies.map(([, info]) => info)
      : Object.fromEntries(copies);
    const result = kernel({ inputs: given, backend: cpu, attrs });
    const outputs = (Array.isArray(result) ? result : [result]).map((info) => {
      const output = copy(info, cpu, wasm);
      cpu.disposeData(info.dataId);
      return output;
    });
    for (const [, info] of copies) cpu.disposeData(info.dataId);
    return Array.isArray(result) ? outputs : outputs[0] as TensorInfo;
  };
}

function copy(info: TensorInfo, from: Backend, to: Backend): TensorInfo {
  const { shape, dtype } = info;
  return {
    dataId: to.write(from.readSync(info.dataId).slice(), shape, dtype),
    shape,
    dtype,
  };
}
