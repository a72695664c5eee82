/**
 * From a kernel's definition to TensorFlow.js's registry.
 *
 * @module
 */

import type {
  KernelBackend,
  NamedTensorInfoMap,
  TensorInfo,
} from "@tensorflow/tfjs";
import type { NativeBackend } from "../ops/native_op.ts";
import { type Tensor, tf } from "../tf.ts";
import type { KernelAttributes } from "./call.ts";
import type {
  ElementwiseKernel,
  KernelDefinition,
  PortableTensor,
} from "./definition.ts";
import { NativeGraph } from "./native_graph.ts";

/** Adds a kernel to the three backends, and its gradient. */
export function registerKernel(definition: KernelDefinition): void {
  const { name, inputs: names } = definition;
  tf.registerKernel({
    kernelName: name,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) =>
      NativeGraph.run(
        backend as NativeBackend,
        inOrder(names, inputs),
        (graph, tensors) =>
          definition.native(graph, tensors, (attrs ?? {}) as KernelAttributes),
      ),
  });
  const compute = definition.kind === "general"
    ? definition.portable.bind(definition)
    : elementwise(definition);
  for (const backendName of ["wasm", "cpu"]) {
    // Some have a rendering of their own on wasm: ../wasm/kernels.ts.
    if (tf.getKernel(name, backendName) !== undefined) continue;
    tf.registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs, attrs, backend: current }) => {
        const backend = current as KernelBackend;
        const tensors = inOrder(names, inputs).map(({ dataId, shape }) => ({
          values: backend.readSync(dataId) as Float32Array,
          shape,
        }));
        const { values, shape } = compute(
          tensors,
          (attrs ?? {}) as KernelAttributes,
        );
        const dims = [...shape];
        const dataId = backend.write(values, dims, "float32");
        return { dataId, shape: dims, dtype: "float32" };
      },
    });
  }
  registerGradient(definition);
}

function registerGradient(
  { name, inputs, derivatives }: KernelDefinition,
): void {
  if (derivatives === undefined) return;
  tf.registerGradient({
    kernelName: name,
    inputsToSave: [...inputs],
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) =>
      Object.fromEntries(
        inputs.map((input) => [input, () => {
          const derivative = derivatives[input];
          if (derivative === undefined) {
            throw new Error(
              `Cannot differentiate ${name} with respect to "${input}": its derivative is not implemented`,
            );
          }
          return tf.mul(
            dy as Tensor,
            derivative(saved, attributes as KernelAttributes),
          );
        }]),
      ),
  });
}

function inOrder(
  names: readonly string[],
  inputs: NamedTensorInfoMap,
): TensorInfo[] {
  return names.map((name) => inputs[name]!);
}

function elementwise(
  { scalar }: ElementwiseKernel,
): (inputs: readonly PortableTensor[]) => {
  values: Float32Array;
  shape: readonly number[];
} {
  return (inputs) => {
    const [a, b, c] = inputs.map(({ values }) => values);
    const values = new Float32Array(a!.length);
    for (let i = 0; i < values.length; i++) {
      values[i] = scalar(a![i]!, b?.[i] ?? 0, c?.[i] ?? 0);
    }
    return { values, shape: inputs[0]!.shape };
  };
}
