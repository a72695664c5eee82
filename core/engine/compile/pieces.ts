/**
 * A graph whose tensors are whole or in pieces by rows, each made in the other
 * form when it is asked for.
 *
 * @module
 */

import type { NativeBinding } from "../ops/native_op.ts";
import {
  type Graph,
  type GraphNode,
  integers,
  keyOf,
  type Operation,
  type Reference,
  type TensorSpec,
} from "./graph.ts";
import { counterAfter } from "./counter.ts";
import { concatOf, splitOf, sumOf } from "./joints.ts";
import type { InputRole } from "./row_roles.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/** A tensor of the old graph in the new one. */
interface Value {
  readonly spec: TensorSpec;
  whole?: Reference;
  pieces?: readonly Reference[];
}

/** Takes the nodes of a graph one after the other, and makes another of them. */
export class Pieces {
  readonly #binding: NativeBinding;
  readonly #graph: Graph;
  readonly #units: number;
  /** Images of each piece. */
  readonly #images: readonly number[];
  readonly #nodes: GraphNode[] = [];
  readonly #values = new Map<string, Value>();

  /** For tensors with a multiple of `units` rows: those of one image stay together. */
  constructor(
    binding: NativeBinding,
    graph: Graph,
    { units, pieces }: { readonly units: number; readonly pieces: number },
  ) {
    this.#binding = binding;
    this.#graph = graph;
    this.#units = units;
    const start = (piece: number) => Math.floor(piece * units / pieces);
    this.#images = Array.from(
      { length: pieces },
      (_, piece) => start(piece + 1) - start(piece),
    );
  }

  /** Whether a tensor of the old graph is in pieces. */
  isSplit(reference: Reference): boolean {
    return this.#value(reference).pieces !== undefined;
  }

  /** Takes over a node as it is. */
  copy(node: GraphNode, index: number): void {
    if (node.kind !== "op") {
      return this.#set(index, [{ spec: node, whole: this.#add(node) }]);
    }
    const inputs = node.inputs.map((input) => this.#whole(this.#value(input)));
    const made = this.#add({ ...node, inputs });
    this.#set(
      index,
      node.outputs.map((spec, output) => ({
        spec,
        whole: { ...made, output },
      })),
    );
  }

  /** Does a node once for each piece, which has its rows of the outputs. */
  each(node: Operation, index: number, roles: readonly InputRole[]): void {
    const made = this.#images.map((_, piece) =>
      this.#add({
        ...node,
        inputs: this.#inputs(node, roles, piece),
        outputs: node.outputs.map((spec) => this.#specOfPiece(spec, piece)),
      })
    );
    this.#set(
      index,
      node.outputs.map((spec, output) => ({
        spec,
        pieces: made.map((piece) => ({ ...piece, output })),
      })),
    );
  }

  /** Does a node that sums over rows once for each piece, and adds up, in order. */
  sum(node: Operation, index: number, roles: readonly InputRole[]): void {
    const parts = this.#images.map((_, piece) =>
      this.#add({ ...node, inputs: this.#inputs(node, roles, piece) })
    );
    const [spec] = node.outputs as [TensorSpec];
    const whole = this.#add(sumOf(this.#binding, { parts, whole: spec }));
    this.#set(index, [{ spec, whole }]);
  }

  /** What has been made, with the old graph's outputs. */
  graph(): Graph {
    const outputs = Object.entries(this.#graph.outputs).map((
      [name, reference],
    ) => [name, this.#whole(this.#value(reference))] as const);
    return { nodes: this.#nodes, outputs: Object.fromEntries(outputs) };
  }

  #inputs(
    node: Operation,
    roles: readonly InputRole[],
    piece: number,
  ): Reference[] {
    const { shape } = this.#specOfPiece(node.outputs[0]!, piece);
    return node.inputs.map((input, i) => {
      const value = this.#value(input);
      switch (roles[i]!) {
        case "rows":
          return this.#split(value)[piece]!;
        case "shape":
          return this.#add(integers(shape));
        case "counter":
          return this.#counterAt(this.#whole(value), node, piece);
        case "whole":
          return this.#whole(value);
      }
    });
  }

  /** The counter of a stream's draws where those of a piece begin. */
  #counterAt(counter: Reference, node: Operation, piece: number): Reference {
    const [rows, ...row] = node.outputs[0]!.shape as [number, ...number[]];
    const before = this.#images.slice(0, piece).reduce((a, b) => a + b, 0);
    const entries = rows / this.#units * before * sizeOfShape(row);
    const add = (node: GraphNode) => this.#add(node);
    return counterAfter(entries, { counter, binding: this.#binding, add });
  }

  #specOfPiece({ dtype, shape }: TensorSpec, piece: number): TensorSpec {
    return {
      dtype,
      shape: [this.#height(shape[0]!, piece), ...shape.slice(1)],
    };
  }

  /** How many of a tensor's rows a piece has. */
  #height(rows: number, piece: number): number {
    return rows / this.#units * this.#images[piece]!;
  }

  #whole(value: Value): Reference {
    return value.whole ??= this.#add(
      concatOf(this.#binding, {
        pieces: value.pieces!,
        axis: this.#add(integers(0)),
        whole: value.spec,
      }),
    );
  }

  #split(value: Value): readonly Reference[] {
    if (value.pieces !== undefined) return value.pieces;
    const specs = this.#images.map((_, piece) =>
      this.#specOfPiece(value.spec, piece)
    );
    const split = this.#add(
      splitOf(this.#binding, {
        whole: value.whole!,
        sizes: this.#add(integers(specs.map(({ shape }) => shape[0]!))),
        axis: this.#add(integers(0)),
        pieces: specs,
      }),
    );
    return value.pieces = specs.map((_, output) => ({ ...split, output }));
  }

  #value(reference: Reference): Value {
    return this.#values.get(keyOf(reference))!;
  }

  #set(node: number, values: readonly Value[]): void {
    values.forEach((value, output) =>
      this.#values.set(keyOf({ node, output }), value)
    );
  }

  #add(node: GraphNode): Reference {
    return { node: this.#nodes.push(node) - 1, output: 0 };
  }
}
