/**
 * From a program to its graph.
 *
 * @module
 */

import type { Graph } from "../compile/graph.ts";
import { byPhases } from "../compile/phases.ts";
import { requireSameGraph } from "../compile/same_graph.ts";
import { shard } from "../compile/shard.ts";
import { simplify } from "../compile/simplify.ts";
import { trace } from "../compile/trace.ts";
import type { NativeBackend } from "../ops/native_op.ts";
import { type Tensor, tf } from "../tf.ts";
import { threadCount } from "../threads.ts";
import {
  type InputSpec,
  type NamedArray,
  type ProgramSpec,
  trainedNames,
} from "./program.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/**
 * Traces on two different inputs: a constant that differs was not constant.
 *
 * @throws {TraceError} when the computation cannot be recorded faithfully.
 */
export function traceSpec(backend: NativeBackend, spec: ProgramSpec): Graph {
  const bytes = Object.entries(spec.inputs)
    .filter(([, { dtype }]) => dtype === "uint8").map(([name]) => name);
  const [first, second] = [1, 2].map((variant) => {
    const variables = exampleTensors(
      trainedNames(spec).map((name) => [name, spec.variables[name]!]),
    );
    const inputs = Object.fromEntries(
      Object.entries(spec.inputs).map((
        [name, input],
      ) => [name, exampleInput(input, variant)]),
    );
    try {
      return trace(
        backend,
        (all) => {
          const pick = (names: readonly string[]) =>
            Object.fromEntries(names.map((name) => [name, all[name]!]));
          return spec.compute(
            pick(Object.keys(variables)),
            pick(Object.keys(inputs)),
          );
        },
        { ...variables, ...inputs },
        { bytes },
      );
    } finally {
      tf.dispose([variables, inputs]);
    }
  }) as [Graph, Graph];
  requireSameGraph(first, second);
  const simple = byPhases(backend.binding, simplify(first));
  return shard(backend.binding, simple, threadCount());
}

function exampleTensors(
  entries: readonly (readonly [string, NamedArray])[],
): Record<string, Tensor> {
  return Object.fromEntries(
    entries.map((
      [name, { shape, data }],
    ) => [name, tf.tensor(data, [...shape], "float32")]),
  );
}

/** Plausible values for any input: small whole numbers, bytes of both halves. */
function exampleInput(input: InputSpec, variant: number): Tensor {
  const size = sizeOfShape(input.shape);
  const data = Float32Array.from(
    { length: size },
    (_, i) => input.dtype === "uint8" ? (i * 37 * variant) % 256 : variant,
  );
  return tf.tensor(
    data,
    [...input.shape],
    input.dtype === "int32" ? "int32" : "float32",
  );
}
