/**
 * The whole TensorFlow graph of a program: its computation between variables,
 * feeds, results and Adam.
 *
 * @module
 */

import type { Graph } from "../compile/graph.ts";
import { lower } from "../compile/lower.ts";
import { type NodeDef, typeText } from "../compile/node_def.ts";
import type { NativeBinding } from "../ops/native_op.ts";
import {
  adamNodes,
  assignNodes,
  fedNode,
  readNodes,
  variableNodes,
} from "./nodes.ts";
import {
  GRADIENT,
  initialVariables,
  type InputSpec,
  type ProgramSpec,
  trainedNames,
} from "./program.ts";
import { hasRows, isResident, rowsNodes } from "./rows.ts";

/** A graph to be loaded, and where its results are. */
export interface Assembly {
  readonly nodes: readonly NodeDef[];
  /** Output name to the TensorFlow output that holds it. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Puts the nodes of a program together. */
export function assemble(
  binding: NativeBinding,
  spec: ProgramSpec,
  graph: Graph,
): Assembly {
  const float = typeText(binding.TF_FLOAT);
  const nodes: NodeDef[] = [];
  const sources: Record<string, string> = {};
  for (const [name, { shape }] of Object.entries(initialVariables(spec))) {
    nodes.push(...variableNodes(name, shape, float), ...readNodes(name, float));
    nodes.push(...assignNodes(name, shape, float));
    sources[name] = `read/${name}`;
  }
  for (const [name, input] of Object.entries(programInputs(spec))) {
    const feed = feedName(name);
    if (hasRows(input) && isResident(input)) {
      const gathered = rowsNodes(binding, { name, feed, input });
      nodes.push(...gathered.nodes);
      sources[name] = gathered.source;
    } else {
      nodes.push(fedNode(feed, input.shape, dtypeOf(binding, input)));
      sources[name] = feed;
    }
  }
  const lowered = lower(binding, graph, sources);
  nodes.push(...lowered.nodes);
  const outputs = Object.entries(lowered.outputs).filter(([name]) =>
    !name.startsWith(GRADIENT)
  );
  const updates: string[] = [];
  if (spec.adam !== undefined) {
    for (const name of trainedNames(spec)) {
      const gradient = lowered.outputs[GRADIENT + name]!;
      nodes.push(...adamNodes(name, gradient, spec.adam, float));
      updates.push(`^update/${name}`);
    }
  }
  const results = outputs.map(([name, source]) => {
    const result = `result/${name}`;
    nodes.push({
      name: result,
      op: "Identity",
      inputs: [source, ...updates],
      attributes: { T: float },
    });
    return [name, `${result}:0`] as const;
  });
  return { nodes, outputs: Object.fromEntries(results) };
}

/** What is fed at a run: the inputs of the spec, and Adam's scalars. */
export function programInputs(spec: ProgramSpec): Record<string, InputSpec> {
  if (spec.adam === undefined) return { ...spec.inputs };
  const scalar: InputSpec = { shape: [], dtype: "float32" };
  return {
    ...spec.inputs,
    learningRate: scalar,
    beta1Power: scalar,
    beta2Power: scalar,
  };
}

/** Name of the node that takes an input. */
export function feedName(name: string): string {
  return `feed/${name}`;
}

/** TensorFlow's number of an input's type. */
export function dtypeOf(binding: NativeBinding, input: InputSpec): number {
  switch (input.dtype) {
    case "float32":
      return binding.TF_FLOAT;
    case "int32":
      return binding.TF_INT32;
    case "uint8":
      return binding.TF_UINT8;
  }
}
