/**
 * A dense layer as one operation with its own gradient: the gradient of the
 * input is never computed where nobody asks for it, and the rectifier's gradient
 * is one pass. The kernels of wasm are in ../wasm/kernels.ts.
 *
 * @module
 */

import type {
  GradConfig,
  KernelConfig,
  NamedTensorInfoMap,
  TensorInfo,
} from "@tensorflow/tfjs";
import { type Tensor, type Tensor2D, tf } from "../tf.ts";
import { type NativeBackend, nativeOp } from "./native_op.ts";

/** What follows the affine map. */
export type Activation = "linear" | "relu";

const FLOAT = { type: "dtype", value: "float32" } as const;

/**
 * `activation(x kernel + bias)`, differentiable once.
 *
 * @param x `[B, I]`
 * @param layer kernel `[I, O]` and bias `[O]`
 * @returns `[B, O]`
 */
export function dense(
  x: Tensor2D,
  layer: { readonly kernel: Tensor; readonly bias: Tensor },
  activation: Activation,
): Tensor2D {
  registerDense();
  const affine = run("Affine", { x, kernel: layer.kernel, bias: layer.bias });
  return (activation === "relu"
    ? run("Rectifier", { x: affine })
    : affine) as Tensor2D;
}

/**
 * `dy` where the rectifier's output `y` is above 0, else 0; differentiable in
 * `dy`.
 */
export function rectifierGradient(dy: Tensor, y: Tensor): Tensor {
  registerDense();
  return run("RectifierGradient", { dy, y });
}

let registered = false;

function registerDense(): void {
  if (registered) return;
  registered = true;
  for (const config of kernels()) tf.registerKernel(config);
  for (const config of gradients()) tf.registerGradient(config);
}

function gradients(): GradConfig[] {
  return [{
    kernelName: "Affine",
    inputsToSave: ["x", "kernel"],
    gradFunc: (dy, saved) => {
      const [x, kernel] = saved as [Tensor2D, Tensor2D];
      const d = dy as Tensor2D;
      return {
        x: () =>
          run("MatrixProduct", { a: d, b: kernel }, { transposeB: true }),
        kernel: () =>
          run("MatrixProduct", { a: x, b: d }, { transposeA: true }),
        bias: () => run("BiasGradient", { dy: d }),
      };
    },
  }, {
    kernelName: "Rectifier",
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({
      x: () => rectifierGradient(dy as Tensor, saved[0]!),
    }),
  }, {
    kernelName: "RectifierGradient",
    inputsToSave: ["y"],
    gradFunc: (d, [y]) => ({
      dy: () => rectifierGradient(d as Tensor, y!),
      y: () => tf.zerosLike(y!),
    }),
  }];
}

function run(
  kernel: string,
  inputs: Readonly<Record<string, Tensor>>,
  attrs: Readonly<Record<string, boolean>> = {},
): Tensor {
  return tf.engine().runKernel(kernel, inputs, attrs) as Tensor;
}

function kernels(): KernelConfig[] {
  const native = (
    kernelName: string,
    kernelFunc: (
      backend: NativeBackend,
      inputs: NamedTensorInfoMap,
      attrs: Readonly<Record<string, unknown>>,
    ) => TensorInfo,
  ): KernelConfig => ({
    kernelName,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernelFunc(backend as NativeBackend, inputs, attrs ?? {}),
  });
  const portable = (
    kernelName: string,
    compute: (
      inputs: Record<string, Tensor2D>,
      attrs: Readonly<Record<string, unknown>>,
    ) => Tensor,
  ): KernelConfig => ({
    kernelName,
    backendName: "cpu",
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() =>
        compute(inputs as unknown as Record<string, Tensor2D>, attrs ?? {})
      ),
  });
  return [
    native("Affine", affineNative),
    native(
      "Rectifier",
      (backend, { x }) => nativeOp(backend, "Relu", { T: FLOAT }, [x!]),
    ),
    native(
      "RectifierGradient",
      (backend, { dy, y }) =>
        nativeOp(backend, "ReluGrad", { T: FLOAT }, [dy!, y!]),
    ),
    native(
      "BiasGradient",
      (backend, { dy }) =>
        nativeOp(backend, "BiasAddGrad", { T: FLOAT }, [dy!]),
    ),
    native(
      "MatrixProduct",
      (backend, { a, b }, attrs) =>
        nativeOp(backend, "MatMul", {
          T: FLOAT,
          transpose_a: { type: "bool", value: attrs["transposeA"] === true },
          transpose_b: { type: "bool", value: attrs["transposeB"] === true },
        }, [a!, b!]),
    ),
    portable(
      "Affine",
      ({ x, kernel, bias }) =>
        tf.fused.matMul({ a: x!, b: kernel!, bias: bias! }),
    ),
    portable("Rectifier", ({ x }) => tf.relu(x!)),
    portable("RectifierGradient", ({ dy, y }) => tf.mul(dy!, tf.step(y!))),
    portable("BiasGradient", ({ dy }) => tf.sum(dy!, 0)),
    portable("MatrixProduct", ({ a, b }, attrs) =>
      tf.matMul(
        a!,
        b!,
        attrs["transposeA"] === true,
        attrs["transposeB"] === true,
      )),
  ];
}

function affineNative(
  backend: NativeBackend,
  { x, kernel, bias }: NamedTensorInfoMap,
): TensorInfo {
  return tf.tidy(() => {
    const product = nativeOp(backend, "MatMul", {
      T: FLOAT,
      transpose_a: { type: "bool", value: false },
      transpose_b: { type: "bool", value: false },
    }, [x!, kernel!]);
    return nativeOp(backend, "BiasAdd", { T: FLOAT }, [
      product,
      bias!,
    ]) as Tensor;
  });
}
