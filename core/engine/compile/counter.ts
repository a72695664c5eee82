/**
 * Parts of a random stream. Philox gives the numbers of a stream by a counter,
 * any of them without those before (Salmon et al. 2011, "Parallel random numbers:
 * as easy as 1, 2, 3"), so a piece of its draws is had with another counter.
 *
 * @module
 */

import type { NativeBinding } from "../ops/native_op.ts";
import { type GraphNode, INT32, integers, type Reference } from "./graph.ts";

/** Draws for each number of a counter. */
export const DRAWS = 4;

/** TensorFlow's number of the type of counters. */
const UINT64 = 23;

/** The counter behind `entries` draws, a multiple of {@link DRAWS}. */
export function counterAfter(
  entries: number,
  { counter, binding, add }: {
    /** `[2]`, where the stream begins. */
    readonly counter: Reference;
    readonly binding: NativeBinding;
    readonly add: (node: GraphNode) => Reference;
  },
): Reference {
  if (entries === 0) return counter;
  const outputs = [{ dtype: UINT64, shape: [2] }];
  const type = (name: string, value: number) => ({
    name,
    type: binding.TF_ATTR_TYPE,
    value,
  });
  const further = add({
    kind: "op",
    op: "Cast",
    attributes: [type("SrcT", INT32), type("DstT", UINT64)],
    inputs: [add(integers([entries / DRAWS, 0]))],
    outputs,
  });
  return add({
    kind: "op",
    op: "AddV2",
    attributes: [type("T", UINT64)],
    inputs: [counter, further],
    outputs,
  });
}
