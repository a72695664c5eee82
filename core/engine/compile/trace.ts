/**
 * Records what a function of tensors asks of TensorFlow: every kernel of
 * tfjs-node ends in the addon's `executeOp`, so the calls made while the
 * function runs once are its graph.
 *
 * @module
 */

import { type NamedTensorMap, type Tensor, tf } from "../tf.ts";
import type { NativeBackend } from "../ops/native_op.ts";
import type { Graph, Reference } from "./graph.ts";
import { idOf, Recorder } from "./recorder.ts";

/** Tensors by name, in the order in which a program takes them. */
export type TensorInputs = Readonly<Record<string, Tensor>>;

/** Options of {@link trace}. */
export interface TraceOptions {
  /** Inputs that a run feeds as bytes; the graph casts them to numbers. */
  readonly bytes?: readonly string[];
}

/**
 * Runs `compute` once on `inputs` and returns what it did as a graph with a
 * placeholder for each input. What depends on no input is a constant of it.
 *
 * @throws {TraceError} when the data of a tensor that depends on an input is
 * read in JavaScript.
 */
export function trace(
  backend: NativeBackend,
  compute: (inputs: Readonly<Record<string, Tensor>>) => NamedTensorMap,
  inputs: TensorInputs,
  { bytes = [] }: TraceOptions = {},
): Graph {
  const recorder = new Recorder(backend);
  for (const [name, tensor] of Object.entries(inputs)) {
    recorder.placeholder(name, tensor, bytes.includes(name));
  }
  const original = backend.binding;
  backend.binding = recorder.recordingBinding();
  try {
    const references: [string, Reference][] = [];
    tf.tidy(() => {
      const outputs = compute(inputs);
      for (const [name, tensor] of Object.entries(outputs)) {
        references.push([name, recorder.reference(idOf(backend, tensor))]);
      }
      // Outputs may be kept tensors, which a tidy leaves alone.
      tf.dispose(outputs);
    });
    return { nodes: recorder.nodes, outputs: Object.fromEntries(references) };
  } finally {
    backend.binding = original;
  }
}
