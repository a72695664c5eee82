/** A model's function as a model of ONNX. @module */

import {
  type Constant,
  type Graph,
  type GraphNode,
  type Reference,
  specOf,
} from "../../engine/compile/graph.ts";
import { TraceError } from "../../engine/compile/trace_error.ts";
import { ANY, anyBatchGraph } from "../functions/any_batch.ts";
import type { ModelFunction } from "../functions/model_functions.ts";
import type { Message } from "../protocol.ts";
import { encodeModel, TYPES } from "./message.ts";
import { OnnxGraph } from "./onnx_graph.ts";
import { OPERATORS, typeOf } from "./operations.ts";
import type { Job } from "./operator.ts";

/** The set of operations; onnxruntime has it since version 1.12. */
const OPSET = 17;
/** Of the format of the file, as of that set. */
const IR_VERSION = 8;

/**
 * The bytes of a model, weights included, which has the inputs and outputs of
 * `given` by their names, and batches of any size.
 *
 * @throws {TraceError} where it is none for batches of any size, or ONNX has no
 * operation for what it does.
 */
export function onnxModel(given: ModelFunction, label: string): Uint8Array {
  const graph = anyBatchGraph(given);
  const writer = new Writer(given, graph);
  const outputs = Object.entries(graph.outputs).map(([name, reference]) => {
    writer.onnx.rename(writer.value(reference), name);
    return valueInfo(name, specOf(graph, reference).shape);
  });
  const { inputs } = given.spec(1);
  return encodeModel({
    irVersion: IR_VERSION,
    producerName: "vae-priors",
    docString: `${given.name} of ${label}`,
    opsetImport: [{ domain: "", version: OPSET }],
    graph: {
      name: given.name,
      node: writer.onnx.nodes,
      initializer: writer.onnx.used(),
      input: Object.entries(inputs).map(([name, { shape }]) =>
        valueInfo(name, shape)
      ),
      output: outputs,
    },
  });
}

/** Writes what the outputs need, each node once. */
class Writer {
  readonly onnx = new OnnxGraph();
  readonly #given: ModelFunction;
  readonly #graph: Graph;
  readonly #values = new Map<number, readonly string[]>();

  constructor(given: ModelFunction, graph: Graph) {
    this.#given = given;
    this.#graph = graph;
  }

  /** The name of a value, whose node is written where it was not. */
  value({ node, output }: Reference): string {
    let names = this.#values.get(node);
    if (names === undefined) {
      names = this.#write(this.#graph.nodes[node]!);
      this.#values.set(node, names);
    }
    return names[output]!;
  }

  #write(node: GraphNode): readonly string[] {
    if (node.kind === "placeholder") {
      const weight = this.#given.spec(1).variables[node.name];
      return weight === undefined ? [node.name] : [
        this.onnx.constant("float", weight.shape, weight.data, node.name),
      ];
    }
    if (node.kind === "const") {
      const { dtype, shape, values } = node;
      return [
        this.onnx.constant(
          typeOf(dtype) ?? this.#refuse(`constants of type ${dtype}`),
          shape,
          values,
        ),
      ];
    }
    const { op } = node;
    const operator = OPERATORS[op] ?? this.#refuse(op);
    const constant = (input: number): Constant => {
      const found = this.#graph.nodes[node.inputs[input]!.node];
      return found?.kind === "const" ? found : this.#refuse(`such a ${op}`);
    };
    const job: Job = {
      graph: this.onnx,
      node,
      inputs: node.inputs.map((input) => this.value(input)),
      specs: node.inputs.map((input) => specOf(this.#graph, input)),
      attribute: (name) =>
        node.attributes.find((one) => one.name === name)?.value,
      numbers: (input) => [...constant(input).values],
      sizes: (input) => this.#sizes([...constant(input).values]),
    };
    const outputs = operator(job);
    return outputs.length === 0 ? this.#refuse(`such a ${op}`) : outputs;
  }

  #sizes(values: readonly number[]): string {
    const place = values.indexOf(ANY);
    if (place < 0) return this.onnx.integers(values);
    const [input] = Object.keys(this.#given.spec(1).inputs);
    const rows = this.onnx.add("Shape", [input!], {
      start: { i: 0 },
      end: { i: 1 },
    });
    const parts = [
      this.onnx.integers(values.slice(0, place)),
      rows,
      this.onnx.integers(values.slice(place + 1)),
    ];
    return this.onnx.add("Concat", parts, { axis: { i: 0 } });
  }

  #refuse(what: string): never {
    throw new TraceError(
      `The ${this.#given.name} does what ONNX has no operation for: ${what}`,
    );
  }
}

function valueInfo(name: string, shape: readonly number[]): Message {
  const dim = [
    { dimParam: "batch" },
    ...shape.slice(1).map((dimValue) => ({ dimValue })),
  ];
  return {
    name,
    type: { tensorType: { elemType: TYPES.float, shape: { dim } } },
  };
}
