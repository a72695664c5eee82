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
import type { Graph, Operation } from "./graph.ts";
import { Pieces } from "./pieces.ts";
import type { InputRole } from "./row_roles.ts";
import { rowSumInputs, rowWiseInputs } from "./row_wise.ts";
import { isProduct, workOf } from "./work.ts";

/** Nanoseconds of an operation that is worth a split. */
const LARGE = 20_000;
/** Below this a piece costs more in scheduling than it saves. */
const SMALL = 500;
/** Images that a piece has at least, where rows are counted by images. */
const IMAGES = 4;

/**
 * The same computation with what hangs on its large products in `pieces`.
 * Operations that are not known to be row-wise get their inputs whole.
 */
export function shard(
  binding: NativeBinding,
  graph: Graph,
  pieces: number,
): Graph {
  const units = pieces > 1 ? unitsOfProducts(graph, pieces) : null;
  return units === null || units < pieces
    ? graph
    : split(graph, units, new Pieces(binding, graph, { units, pieces }));
}

/**
 * Rows of the largest product that is worth a split; or of another whose rows
 * each have several of these, as an image has several draws.
 */
function unitsOfProducts(graph: Graph, pieces: number): number | null {
  const products = graph.nodes.flatMap((node) => {
    const work = workOf(graph, node);
    if (!isProduct(node) || work < LARGE) return [];
    const product = node as Operation;
    const rows = product.outputs[0]!.shape[0]!;
    return rowWiseInputs(graph, product, rows) === null ? [] : [{ rows, work }];
  });
  if (products.length === 0) return null;
  const largest = products.reduce((a, b) => b.work >= a.work ? b : a);
  return products.reduce(
    (units, { rows }) =>
      rows >= IMAGES * pieces && units % rows === 0 ? rows : units,
    largest.rows,
  );
}

function split(graph: Graph, units: number, pieces: Pieces): Graph {
  graph.nodes.forEach((node, index) => {
    if (node.kind !== "op") return pieces.copy(node, index);
    const roles = rowWiseInputs(graph, node, units);
    const inPieces = (roles: readonly InputRole[]) =>
      node.inputs.some((input, i) =>
        roles[i] === "rows" && pieces.isSplit(input)
      );
    const work = workOf(graph, node);
    if (roles !== null) {
      // What takes long is split; what moves nothing, or is soon done, follows.
      return work >= LARGE && node.op !== "Reshape" ||
          work >= SMALL && inPieces(roles)
        ? pieces.each(node, index, roles)
        : pieces.copy(node, index);
    }
    const sum = rowSumInputs(graph, node, units);
    return sum !== null && (inPieces(sum) || isProduct(node) && work >= LARGE)
      ? pieces.sum(node, index, sum)
      : pieces.copy(node, index);
  });
  return pieces.graph();
}
