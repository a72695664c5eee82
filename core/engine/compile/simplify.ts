/**
 * Leaves out operations that change nothing. TensorFlow.js's gradients are full
 * of them (a cast of floats to float, a reshape to the same shape, a product
 * with ones that only broadcasts), and each costs a few microseconds of
 * scheduling at every run, or a pass over memory.
 *
 * A tensor that is a broadcast of a smaller one is kept small for as long as
 * the operations on it broadcast by themselves.
 *
 * @module
 */

import { BROADCASTING, broadcastShape, sameShape } from "./elementwise.ts";
import {
  type Constant,
  type Graph,
  type GraphNode,
  integers,
  keyOf,
  type Operation,
  type Reference,
  specOf,
} from "./graph.ts";

/** The same computation without its no-ops. */
export function simplify(graph: Graph): Graph {
  return new Simplifier(graph).run();
}

/** A tensor of the old graph in the new one. */
interface Value {
  /** It, or a smaller one that broadcasts to it. */
  readonly small: Reference;
  /** The whole of it; made when somebody wants it. */
  whole?: Reference;
}

class Simplifier {
  readonly #old: Graph;
  readonly #nodes: GraphNode[] = [];
  readonly #values = new Map<string, Value>();

  constructor(graph: Graph) {
    this.#old = graph;
  }

  run(): Graph {
    this.#old.nodes.forEach((node, index) => {
      if (node.kind === "op") this.#operation(node, index);
      else this.#leaf(node, index);
    });
    const outputs = Object.entries(this.#old.outputs).map((
      [name, reference],
    ) => [name, this.#whole(reference)] as const);
    return { nodes: this.#nodes, outputs: Object.fromEntries(outputs) };
  }

  #leaf(node: Exclude<GraphNode, Operation>, index: number): void {
    const reference = { node: index, output: 0 };
    if (node.kind === "const" && isUniform(node)) {
      const values = node.values.slice(0, 1);
      const small = this.#add({ ...node, shape: [], values });
      this.#set(reference, { small });
    } else this.#set(reference, made(this.#add(node)));
  }

  #operation(node: Operation, index: number): void {
    const reference = { node: index, output: 0 };
    const unchanged = this.#unchanged(node);
    if (unchanged !== null) return this.#set(reference, unchanged);
    if (!BROADCASTING.has(node.op)) {
      const inputs = node.inputs.map((input) => this.#whole(input));
      const { node: at } = this.#add({ ...node, inputs });
      node.outputs.forEach((_, output) =>
        this.#set({ node: index, output }, made({ node: at, output }))
      );
      return;
    }
    const inputs = node.inputs.map((input) => this.#value(input).small);
    const shape = broadcastShape(inputs.map((input) => this.#shape(input)));
    const { dtype, shape: wanted } = node.outputs[0]!;
    const small = this.#add({ ...node, inputs, outputs: [{ dtype, shape }] });
    this.#set(reference, sameShape(shape, wanted) ? made(small) : { small });
  }

  /** The value that comes out as it went in. */
  #unchanged(node: Operation): Value | null {
    const [first, second] = node.inputs.map((input) => this.#value(input));
    if (first === undefined) return null;
    const [before] = node.inputs.map((input) => specOf(this.#old, input));
    const [after] = node.outputs;
    switch (node.op) {
      case "Identity":
        return first;
      case "Cast":
        return before!.dtype === after!.dtype ? first : null;
      case "Reshape":
        return sameShape(before!.shape, after!.shape) ? first : null;
      case "Mul":
        if (this.#isNumber(second!.small, 1)) return this.#widened(node, 0);
        if (this.#isNumber(first.small, 1)) return this.#widened(node, 1);
        return null;
      case "RealDiv":
        return this.#isNumber(second!.small, 1) ? this.#widened(node, 0) : null;
      default:
        return null;
    }
  }

  /** Input `at` as the result of `node`, which may be a broadcast of it. */
  #widened(node: Operation, at: number): Value {
    const input = node.inputs[at]!;
    const value = this.#value(input);
    const { shape } = node.outputs[0]!;
    return sameShape(specOf(this.#old, input).shape, shape)
      ? value
      : { small: value.small };
  }

  #isNumber(reference: Reference, value: number): boolean {
    const node = this.#nodes[reference.node]!;
    return node.kind === "const" && node.shape.length === 0 &&
      node.values[0] === value;
  }

  /** The whole of an old tensor in the new graph. */
  #whole(old: Reference): Reference {
    const value = this.#value(old);
    if (value.whole !== undefined) return value.whole;
    const { dtype, shape } = specOf(this.#old, old);
    if (sameShape(this.#shape(value.small), shape)) {
      return value.whole = value.small;
    }
    const node = this.#old.nodes[old.node]!;
    return value.whole = node.kind === "const" ? this.#add(node) : this.#add({
      kind: "op",
      op: "BroadcastTo",
      attributes: [],
      inputs: [value.small, this.#add(integers(shape))],
      outputs: [{ dtype, shape }],
    });
  }

  #shape(reference: Reference): readonly number[] {
    return specOf({ nodes: this.#nodes, outputs: {} }, reference).shape;
  }

  #value(reference: Reference): Value {
    return this.#values.get(keyOf(reference))!;
  }

  #set(reference: Reference, value: Value): void {
    this.#values.set(keyOf(reference), value);
  }

  #add(node: GraphNode): Reference {
    return { node: this.#nodes.push(node) - 1, output: 0 };
  }
}

function made(reference: Reference): Value {
  return { small: reference, whole: reference };
}

function isUniform({ values }: Constant): boolean {
  return values.length > 1 && values.every((value) => value === values[0]);
}
