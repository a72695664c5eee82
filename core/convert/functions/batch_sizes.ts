/**
 * Lists of sizes with that of the batch, which is known when a function runs:
 * most operations take -1 for it, some want the number.
 *
 * @module
 */

import {
  type Constant,
  type Graph,
  INT32,
} from "../../engine/compile/graph.ts";
import type { Message } from "../protocol.ts";
import { ANY } from "./any_batch.ts";
import { FLOAT } from "./messages.ts";

/** What a constant is made of. */
export type Values = Pick<Constant, "dtype" | "shape" | "values">;

/** Operations that want the number. */
const WANT_SIZE: ReadonlySet<string> = new Set([
  "BroadcastTo",
  "Conv2DBackpropInput",
  "Tile",
]);

/** Whether sizes with that of the batch are wanted where -1 does not stand for it. */
export function wantsBatchSize(graph: Graph, constant: Constant): boolean {
  if (constant.dtype !== INT32 || !constant.values.includes(ANY)) return false;
  return graph.nodes.some((node) =>
    node.kind === "op" && WANT_SIZE.has(node.op) &&
    node.inputs.some((input) => graph.nodes[input.node] === constant)
  );
}

/** A list of sizes, put together when it runs: that of the batch is what input `batch` has. */
export function sizesNodes(
  name: string,
  { values }: Constant,
  { batch, add }: {
    readonly batch: string;
    readonly add: (name: string, values: Values) => void;
  },
): readonly Message[] {
  const list = (part: string, sizes: ArrayLike<number>) => {
    const values = Int32Array.from(sizes);
    const path = `${name}/${part}`;
    add(path, { dtype: INT32, shape: [values.length], values });
    return path;
  };
  const place = values.indexOf(ANY);
  const before = list("before", values.subarray(0, place));
  const after = list("after", values.subarray(place + 1));
  const begin = list("begin", [0]);
  const size = list("size", [1]);
  add(`${name}/axis`, { dtype: INT32, shape: [], values: Int32Array.of(0) });
  const type = { type: INT32 };
  return [
    {
      name: `${name}/shape`,
      op: "Shape",
      input: [batch],
      attr: { T: { type: FLOAT }, out_type: type },
    },
    {
      name: `${name}/rows`,
      op: "Slice",
      input: [`${name}/shape`, begin, size],
      attr: { T: type, Index: type },
    },
    {
      name,
      op: "ConcatV2",
      input: [before, `${name}/rows`, after, `${name}/axis`],
      attr: { T: type, N: { i: 3 }, Tidx: type },
    },
  ];
}
