/**
 * Sums over an axis that is put behind the others for it.
 *
 * @module
 */

import type { BindingTensor } from "../ops/native_op.ts";
import type { NativeGraph } from "./native_graph.ts";

/** `sum_i f(x + shifts[i])`, for each entry of `x`. */
export function sumOverShifts(
  graph: NativeGraph,
  x: BindingTensor,
  shifts: readonly number[],
  f: (shifted: BindingTensor) => BindingTensor,
): BindingTensor {
  const wide = expandLast(graph, x);
  const shifted = graph.op("AddV2", wide, graph.constant(shifts, x));
  return sumLast(graph, f(shifted));
}

/** `x` with an axis of size 1 after its last. */
export function expandLast(
  graph: NativeGraph,
  x: BindingTensor,
): BindingTensor {
  const axis = graph.integers([-1], [1]);
  const types = { T: x.dtype, Tdim: axis.dtype };
  return graph.execute("ExpandDims", types, [x, axis]);
}

/** `x` summed over its last axis, which goes. */
export function sumLast(graph: NativeGraph, x: BindingTensor): BindingTensor {
  const axis = graph.integers([-1], [1]);
  const types = { T: x.dtype, Tidx: axis.dtype };
  return graph.execute("Sum", types, [x, axis], [
    graph.flag("keep_dims", false),
  ]);
}
