/**
 * Splits large row-wise operations by rows, so that each thread computes its
 * share of the batch from the first layer to the last.
 *
 * TensorFlow runs one product of a training step's size on one thread (oneDNN's
 * own heuristic), and hands every elementwise pass to the others, which costs
 * more than it saves. Independent chains of operations, one for each thread,
 * keep all threads busy and need no hand-over.
 *
 * @module
 */

import type { NativeBinding } from "../ops/native_op.ts";
import {
  type Graph,
  type GraphNode,
  INT32,
  integers,
  keyOf,
  type Operation,
  type Reference,
  type TensorSpec,
} from "./graph.ts";
import { type InputRole, rowWiseInputs } from "./row_wise.ts";
import { isProduct, workOf } from "./work.ts";

/** Nanoseconds of an operation that is worth a split. */
const LARGE = 20_000;
/** Below this a piece costs more in scheduling than it saves. */
const SMALL = 500;

/**
 * The same computation with what hangs on its large products in `pieces`.
 * Operations that are not known to be row-wise get their inputs whole.
 */
export function shard(
  binding: NativeBinding,
  graph: Graph,
  pieces: number,
): Graph {
  const rows = pieces > 1 ? rowsOfLargestProduct(graph) : null;
  return rows === null || rows < pieces
    ? graph
    : new Sharder(binding, graph, { rows, pieces }).run();
}

/** Rows of the largest product that is worth a split. */
function rowsOfLargestProduct(graph: Graph): number | null {
  let largest = LARGE;
  let rows: number | null = null;
  for (const node of graph.nodes) {
    const work = workOf(graph, node);
    if (!isProduct(node) || work < largest) continue;
    const product = node as Operation;
    const [height] = product.outputs[0]!.shape;
    if (rowWiseInputs(graph, product, height!) === null) continue;
    largest = work;
    rows = height!;
  }
  return rows;
}

/** A tensor of the old graph in the new one; made in the other form when asked for. */
interface Value {
  readonly spec: TensorSpec;
  whole?: Reference;
  pieces?: readonly Reference[];
}

class Sharder {
  readonly #binding: NativeBinding;
  readonly #graph: Graph;
  readonly #rows: number;
  /** Rows of each piece. */
  readonly #heights: readonly number[];
  readonly #nodes: GraphNode[] = [];
  readonly #values = new Map<string, Value>();

  constructor(
    binding: NativeBinding,
    graph: Graph,
    { rows, pieces }: { readonly rows: number; readonly pieces: number },
  ) {
    this.#binding = binding;
    this.#graph = graph;
    this.#rows = rows;
    const start = (piece: number) => Math.floor(piece * rows / pieces);
    this.#heights = Array.from(
      { length: pieces },
      (_, piece) => start(piece + 1) - start(piece),
    );
  }

  run(): Graph {
    this.#graph.nodes.forEach((node, index) => {
      if (node.kind === "op") this.#operation(node, index);
      else this.#set(index, [{ spec: node, whole: this.#add(node) }]);
    });
    const outputs = Object.entries(this.#graph.outputs).map((
      [name, reference],
    ) => [name, this.#whole(this.#value(reference))] as const);
    return { nodes: this.#nodes, outputs: Object.fromEntries(outputs) };
  }

  #operation(node: Operation, index: number): void {
    const roles = rowWiseInputs(this.#graph, node, this.#rows);
    if (roles === null || !this.#isWorthIt(node, roles)) {
      const inputs = node.inputs.map((input) =>
        this.#whole(this.#value(input))
      );
      const made = this.#add({ ...node, inputs });
      return this.#set(
        index,
        node.outputs.map((spec, output) => ({
          spec,
          whole: { ...made, output },
        })),
      );
    }
    const made = this.#heights.map((_, piece) =>
      this.#add(this.#pieceOf(node, roles, piece))
    );
    this.#set(
      index,
      node.outputs.map((spec, output) => ({
        spec,
        pieces: made.map((piece) => ({ ...piece, output })),
      })),
    );
  }

  /** What takes long is; and what takes a piece for its rows, where it is no trifle. */
  #isWorthIt(node: Operation, roles: readonly InputRole[]): boolean {
    const work = workOf(this.#graph, node);
    return work >= LARGE || work >= SMALL &&
        node.inputs.some((input, i) =>
          roles[i] === "rows" && this.#value(input).pieces !== undefined
        );
  }

  #pieceOf(
    node: Operation,
    roles: readonly InputRole[],
    piece: number,
  ): Operation {
    return {
      ...node,
      inputs: node.inputs.map((input, i) => {
        const value = this.#value(input);
        return roles[i] === "rows"
          ? this.#pieces(value)[piece]!
          : this.#whole(value);
      }),
      outputs: node.outputs.map((spec) => this.#specOfPiece(spec, piece)),
    };
  }

  #specOfPiece({ dtype, shape }: TensorSpec, piece: number): TensorSpec {
    return { dtype, shape: [this.#heights[piece]!, ...shape.slice(1)] };
  }

  #whole(value: Value): Reference {
    return value.whole ??= this.#add({
      kind: "op",
      op: "ConcatV2",
      attributes: [this.#number("N", this.#heights.length)],
      inputs: [...value.pieces!, this.#add(integers(0))],
      outputs: [value.spec],
    });
  }

  #pieces(value: Value): readonly Reference[] {
    if (value.pieces !== undefined) return value.pieces;
    const split = this.#add({
      kind: "op",
      op: "SplitV",
      attributes: [
        this.#number("num_split", this.#heights.length),
        { name: "Tlen", type: this.#binding.TF_ATTR_TYPE, value: INT32 },
      ],
      inputs: [
        value.whole!,
        this.#add(integers(this.#heights)),
        this.#add(integers(0)),
      ],
      outputs: this.#heights.map((_, piece) =>
        this.#specOfPiece(value.spec, piece)
      ),
    });
    return value.pieces = this.#heights.map((_, output) => ({
      ...split,
      output,
    }));
  }

  #number(name: string, value: number) {
    return { name, type: this.#binding.TF_ATTR_INT, value };
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
