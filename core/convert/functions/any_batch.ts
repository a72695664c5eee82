/**
 * One graph for batches of any size, from traces of two sizes: what differs
 * between them is the size of the batch.
 *
 * @module
 */

import type {
  Constant,
  Graph,
  GraphNode,
  Placeholder,
} from "../../engine/compile/graph.ts";
import { TraceError } from "../../engine/compile/trace_error.ts";
import { traceSpec } from "../../engine/program/trace_spec.ts";
import type { NativeBackend } from "../../engine/ops/native_op.ts";
import { tf } from "../../engine/tf.ts";
import type { ModelFunction } from "./model_functions.ts";

/** Two sizes that are no other side of anything, and not 1, which broadcasts. */
const ROWS = [1009, 1013] as const;
const ANY = -1;

/**
 * The graph of `given`, its batches of size -1. Shapes to which something is
 * reshaped may have one such side; where a size is used in another way, there
 * is no such graph.
 *
 * @throws {TraceError} where the function is another one for another size.
 */
export function anyBatchGraph(given: ModelFunction): Graph {
  const backend = tf.backend() as NativeBackend;
  const [first, second] = ROWS.map((rows) =>
    traceSpec(backend, given.spec(rows))
  ) as [Graph, Graph];
  if (first.nodes.length !== second.nodes.length) refuse(given);
  const reshaped = shapesOfReshapes(first);
  const used = new Set(
    first.nodes.flatMap((node) => node.kind === "op" ? node.inputs : [])
      .map(({ node }) => node),
  );
  const nodes = first.nodes.map((node, index): GraphNode => {
    const other = second.nodes[index]!;
    if (node.kind === "op") {
      const same = other.kind === "op" && node.op === other.op &&
        JSON.stringify([node.attributes, node.inputs]) ===
          JSON.stringify([other.attributes, other.inputs]);
      return same ? node : refuse(given);
    }
    if (node.kind !== other.kind) return refuse(given);
    if (node.kind === "placeholder") {
      return { ...node, shape: freed(node.shape, other.shape, given) };
    }
    const pair = [node, other as Constant] as const;
    // The shape of a reshape that was simplified away is nobody's.
    if (!used.has(index) || haveSameValues(...pair)) return node;
    const [values, others] = pair.map((one) => [...one.values]);
    if (!reshaped.has(index) || values!.length !== others!.length) {
      return refuse(given);
    }
    return { ...node, values: Int32Array.from(freed(values!, others!, given)) };
  });
  return { nodes, outputs: first.outputs };
}

function shapesOfReshapes(graph: Graph): ReadonlySet<number> {
  return new Set(
    graph.nodes.flatMap((node) =>
      node.kind === "op" && node.op === "Reshape" ? [node.inputs[1]!.node] : []
    ),
  );
}

function freed(
  sizes: Placeholder["shape"],
  others: Placeholder["shape"],
  given: ModelFunction,
): number[] {
  const free = sizes.map((size, i) => {
    if (size === others[i]) return size;
    return size === ROWS[0] && others[i] === ROWS[1] ? ANY : refuse(given);
  });
  return free.filter((size) => size === ANY).length > 1 ? refuse(given) : free;
}

function haveSameValues(a: Constant, b: Constant): boolean {
  return String(a.shape) === String(b.shape) &&
    a.values.every((value, i) => Object.is(value, b.values[i]));
}

function refuse({ name }: ModelFunction): never {
  throw new TraceError(
    `The ${name} is another computation for another number of images`,
  );
}
