/**
 * Kernels of the training step that our own WebAssembly module does in one
 * pass, where the package's operations take several.
 *
 * @module
 */

import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { tf } from "../tf.ts";
import { multiply } from "./mat_mul.ts";
import {
  pointer,
  requireFloats,
  type WasmBackend,
  wasmFunctions,
} from "./module.ts";
import { replaceKernel } from "./replace.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

interface Call<Inputs extends string> {
  readonly inputs: Readonly<Record<Inputs, TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly backend: WasmBackend;
}

/** Registers them, in place of the package's where it has one of that name. */
export function registerWasmKernels(): void {
  register("Identity", identity);
  register("Affine", affine);
  register("MatrixProduct", matrixProduct);
  // Under the name that has another gradient.
  register("Rectifier", tf.getKernel("Relu", "wasm").kernelFunc);
  register("RectifierGradient", rectifierGradient);
  register("BiasGradient", biasGradient);
  register("BernoulliLoss", bernoulliLoss);
  register("BernoulliGradient", bernoulliGradient);
  register("SeededUniform", seededUniform);
  register("AdamUpdate", adamUpdate);
}

function register<Inputs extends string>(
  kernelName: string,
  kernel:
    | KernelConfig["kernelFunc"]
    | ((call: Call<Inputs>) => TensorInfo | TensorInfo[]),
): void {
  replaceKernel(
    kernelName,
    kernel as unknown as Parameters<typeof replaceKernel>[1],
  );
}

/** The same data under another tensor; the package copies it. */
function identity({ inputs: { x }, backend }: Call<"x">): TensorInfo {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

function affine(
  { inputs: { x, kernel, bias }, backend }: Call<"x" | "kernel" | "bias">,
): TensorInfo {
  return multiply(backend, { a: x, b: kernel, bias });
}

function matrixProduct(
  { inputs, attrs, backend }: Call<"a" | "b">,
): TensorInfo {
  return multiply(backend, { ...inputs, ...attrs });
}

function rectifierGradient(
  { inputs: { dy, y }, backend }: Call<"dy" | "y">,
): TensorInfo {
  requireFloats("RectifierGradient", { dy, y }, { dy: y.shape, y: y.shape });
  const dx = backend.makeOutput(y.shape, "float32");
  wasmFunctions(backend).rectifierGradient(
    pointer(backend, dy),
    pointer(backend, y),
    pointer(backend, dx),
    sizeOf(y),
  );
  return dx;
}

function biasGradient({ inputs: { dy }, backend }: Call<"dy">): TensorInfo {
  const [rows, columns] = dy.shape as [number, number];
  requireFloats("BiasGradient", { dy }, { dy: [rows, columns] });
  const sums = backend.makeOutput([columns], "float32");
  wasmFunctions(backend).columnSums(
    pointer(backend, dy),
    pointer(backend, sums),
    rows,
    columns,
  );
  return sums;
}

function bernoulliLoss(
  { inputs, backend }: Call<"logits" | "target">,
): TensorInfo {
  const { logits, target } = inputs;
  const [rows, columns] = logits.shape as [number, number];
  requireFloats("BernoulliLoss", inputs, {
    logits: [rows, columns],
    target: [rows, columns],
  });
  const loss = backend.makeOutput([rows], "float32");
  wasmFunctions(backend).bernoulliLoss(
    pointer(backend, logits),
    pointer(backend, target),
    pointer(backend, loss),
    rows,
    columns,
  );
  return loss;
}

function bernoulliGradient(
  { inputs, backend }: Call<"logits" | "target" | "dy">,
): TensorInfo {
  const { logits, target, dy } = inputs;
  const [rows, columns] = logits.shape as [number, number];
  requireFloats("BernoulliGradient", inputs, {
    logits: [rows, columns],
    target: [rows, columns],
    dy: [rows],
  });
  const gradient = backend.makeOutput([rows, columns], "float32");
  wasmFunctions(backend).bernoulliGradient(
    pointer(backend, logits),
    pointer(backend, target),
    pointer(backend, dy),
    pointer(backend, gradient),
    rows,
    columns,
  );
  return gradient;
}

function seededUniform(
  { inputs: { step }, attrs, backend }: Call<"step">,
): TensorInfo {
  const { key, shape } = attrs as { key: number; shape: number[] };
  const draws = backend.makeOutput(shape, "float32");
  wasmFunctions(backend).uniformDraws(
    pointer(backend, draws),
    sizeOf(draws),
    key,
    backend.readSync(step.dataId)[0] as number,
  );
  return draws;
}

/** Writes over weight and moments. */
function adamUpdate(
  { inputs, attrs, backend }: Call<
    "weight" | "firstMoment" | "secondMoment" | "gradient"
  >,
): TensorInfo[] {
  const { weight, firstMoment, secondMoment, gradient } = inputs;
  const { shape } = weight;
  requireFloats("AdamUpdate", inputs, {
    weight: shape,
    firstMoment: shape,
    secondMoment: shape,
    gradient: shape,
  });
  const { beta1, beta2, rate, epsilon } = attrs as Record<string, number>;
  wasmFunctions(backend).adam(
    pointer(backend, weight),
    pointer(backend, firstMoment),
    pointer(backend, secondMoment),
    pointer(backend, gradient),
    sizeOf(weight),
    1 - beta1!,
    1 - beta2!,
    rate!,
    epsilon!,
  );
  return [];
}

function sizeOf({ shape }: TensorInfo): number {
  return sizeOfShape(shape);
}
