/**
 * Our own WebAssembly module, over the heap of tfjs-backend-wasm: its functions
 * and the heap's tensors.
 *
 * @module
 */

import type { KernelBackend, TensorInfo } from "@tensorflow/tfjs";
import { FUSED, PLAIN, SHARED } from "./module_bytes.ts";
import { hasRelaxedSimd } from "./relaxed_simd.ts";
import { WebAssembly, type WebAssemblyMemory } from "./web_assembly.ts";

/** What tfjs-backend-wasm offers beyond the common interface. */
export interface WasmBackend extends KernelBackend {
  readonly wasm: {
    readonly asm: { readonly memory: WebAssemblyMemory };
    /** All of it; another when it has grown. */
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  };
  readonly dataIdMap: { get(dataId: object): { memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: "float32"): TensorInfo;
}

/** The module's functions, as assembly/ documents them; pointers are bytes. */
export interface WasmFunctions {
  adam(
    w: number,
    m: number,
    v: number,
    g: number,
    count: number,
    keep1: number,
    keep2: number,
    rate: number,
    epsilon: number,
  ): void;
  bernoulliLoss(
    logits: number,
    target: number,
    loss: number,
    rows: number,
    columns: number,
  ): void;
  bernoulliGradient(
    logits: number,
    target: number,
    dy: number,
    gradient: number,
    rows: number,
    columns: number,
  ): void;
  /** The sizes are at `geometry` (./convolution.ts). */
  convolution(
    kind: number,
    x: number,
    filter: number,
    y: number,
    geometry: number,
    scratch: number,
  ): void;
  convolutionShare(
    kind: number,
    x: number,
    filter: number,
    y: number,
    geometry: number,
    scratch: number,
    taken: number,
  ): void;
  convolutionFloats(kind: number, geometry: number): number;
  columnSums(x: number, sums: number, rows: number, columns: number): void;
  rectifierGradient(dy: number, y: number, dx: number, count: number): void;
  matMul(
    a: number,
    b: number,
    c: number,
    m: number,
    n: number,
    k: number,
    transposeA: boolean,
    transposeB: boolean,
    bias: number,
    scratch: number,
  ): void;
  matMulShare(
    a: number,
    b: number,
    c: number,
    m: number,
    n: number,
    k: number,
    transposeA: boolean,
    transposeB: boolean,
    bias: number,
    scratch: number,
    taken: number,
  ): void;
  scratchFloats(m: number, k: number, transposeA: boolean): number;
  uniformDraws(to: number, count: number, key0: number, key1: number): void;
}

const instances = new WeakMap<object, WasmFunctions>();

/** The functions over this backend's heap. */
export function wasmFunctions({ wasm }: WasmBackend): WasmFunctions {
  let functions = instances.get(wasm);
  if (functions === undefined) {
    functions = instantiate(wasm.asm.memory, hasRelaxedSimd());
    instances.set(wasm, functions);
  }
  return functions;
}

/** Sets the functions of the backend that has the package's module `wasm`. */
export function provideFunctions(wasm: object, functions: WasmFunctions): void {
  instances.set(wasm, functions);
}

/** The functions over a memory; `fused` needs relaxed SIMD. */
export function instantiate(
  memory: WebAssemblyMemory,
  fused: boolean,
): WasmFunctions {
  return link(compile(fused ? FUSED : PLAIN), memory);
}

/** The functions over a memory that threads share, with the module for them. */
export function instantiateShared(
  memory: WebAssemblyMemory,
): { readonly module: object; readonly functions: WasmFunctions } {
  const module = compile(SHARED);
  return { module, functions: link(module, memory) };
}

function compile(base64: string): object {
  return new WebAssembly.Module(Buffer.from(base64, "base64"));
}

function link(module: object, memory: WebAssemblyMemory): WasmFunctions {
  return new WebAssembly.Instance(module, { env: { memory } })
    .exports as WasmFunctions;
}

/** Where a tensor's data is. */
export function pointer(backend: WasmBackend, info: TensorInfo): number {
  return backend.dataIdMap.get(info.dataId).memoryOffset;
}

/**
 * Fails where a tensor is not what a function takes: it would read or write
 * beyond the tensor's end.
 */
export function requireFloats(
  kernel: string,
  tensors: Readonly<Record<string, TensorInfo>>,
  shapes: Readonly<Record<string, readonly number[]>>,
): void {
  for (const [name, wanted] of Object.entries(shapes)) {
    const { shape, dtype } = tensors[name]!;
    if (dtype === "float32" && String(shape) === String(wanted)) continue;
    throw new Error(
      `Cannot run ${kernel}: ${name} is ${dtype} [${shape}], want float32 [${wanted}]`,
    );
  }
}
