/**
 * A model's function as TensorFlow's messages: nodes, weights and signature.
 *
 * @module
 */

import { specOf } from "../../engine/compile/graph.ts";
import { lower } from "../../engine/compile/lower.ts";
import { TraceError } from "../../engine/compile/trace_error.ts";
import type { NativeBackend } from "../../engine/ops/native_op.ts";
import { tf } from "../../engine/tf.ts";
import type { SafeTensor } from "../../store/safetensors.ts";
import type { ConvertedTrial } from "../format.ts";
import type { Message } from "../protocol.ts";
import { anyBatchGraph } from "./any_batch.ts";
import { parseAttribute } from "./attributes.ts";
import { sizesNodes, type Values, wantsBatchSize } from "./batch_sizes.ts";
import { constantNode, FLOAT, tensorInfo } from "./messages.ts";
import { type ModelFunction, modelFunctions } from "./model_functions.ts";

/** A function without the values of its constants. */
export interface FunctionGraph {
  readonly name: string;
  /** Messages of NodeDef; constants have their shapes and no values. */
  readonly nodes: readonly Message[];
  /** Values of the constants, by the names of their nodes. */
  readonly constants: ReadonlyMap<string, SafeTensor>;
  /** Message of SignatureDef. */
  readonly signature: Message;
}

/** The version of operations that all nodes have; that of TensorFlow 2.9. */
export const VERSIONS: Message = { producer: 1286, minConsumer: 12 };

/**
 * Records encoder and decoder on the native engine, which must be the current
 * one; `note` hears of one that cannot be had for batches of any size.
 */
export function functionGraphs(
  trial: ConvertedTrial,
  note: (note: string) => void,
): readonly FunctionGraph[] {
  return modelFunctions(trial).flatMap((one) => {
    try {
      return [functionGraph(one)];
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      note(error.message);
      return [];
    }
  });
}

function functionGraph(given: ModelFunction): FunctionGraph {
  const { binding } = tf.backend() as NativeBackend;
  const graph = anyBatchGraph(given);
  const { variables, inputs } = given.spec(1);
  const constants = new Map<string, SafeTensor>();
  const nodes: Message[] = [];
  for (const [name, { shape, data }] of Object.entries(variables)) {
    constants.set(name, { shape, data });
    nodes.push(constantNode(name, FLOAT, shape));
  }
  const sources = Object.fromEntries(
    Object.keys(variables).map((name) => [name, name]),
  );
  const lowered = lower(binding, graph, sources);
  const [batch] = Object.keys(inputs);
  for (const { name, op, inputs, attributes } of lowered.nodes) {
    if (op === "Const") {
      const constant = graph.nodes[Number(name.slice(1))]!;
      if (constant.kind !== "const") throw new Error(`${name} is no constant`);
      const add = (name: string, { dtype, shape, values }: Values) => {
        constants.set(name, { shape, data: values });
        nodes.push(constantNode(name, dtype, shape));
      };
      if (wantsBatchSize(graph, constant)) {
        nodes.push(...sizesNodes(name, constant, { batch: batch!, add }));
      } else add(name, constant);
      continue;
    }
    const attr = Object.fromEntries(
      Object.entries(attributes)
        .map(([key, text]) => [key, parseAttribute(text)]),
    );
    nodes.push({ name, op, input: inputs, attr });
  }
  const outputs = Object.entries(graph.outputs).map(([name, reference]) => {
    // Two outputs may be one tensor, as a mean and the mean of its posterior.
    const node = `output/${name}`;
    const input = [lowered.outputs[name]!];
    nodes.push({
      name: node,
      op: "Identity",
      input,
      attr: { T: { type: FLOAT } },
    });
    const { shape } = specOf(graph, reference);
    return [name, tensorInfo(node, [-1, ...shape.slice(1)])] as const;
  });
  return {
    name: given.name,
    nodes,
    constants,
    signature: {
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([name, { shape }]) =>
          [name, tensorInfo(name, [-1, ...shape.slice(1)])] as const
        ),
      ),
      outputs: Object.fromEntries(outputs),
      methodName: "tensorflow/serving/predict",
    },
  };
}
