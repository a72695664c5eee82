/**
 * What nodes and signatures consist of, as TensorFlow's messages.
 *
 * @module
 */

import { INT32 } from "../../engine/compile/graph.ts";
import { TraceError } from "../../engine/compile/trace_error.ts";
import type { Message } from "../protocol.ts";

/** TensorFlow's number for float32. */
export const FLOAT = 1;
const BOOL = 10;

/** A node that holds a constant, without its values. */
export function constantNode(
  name: string,
  dtype: number,
  shape: readonly number[],
): Message {
  if (dtype !== FLOAT && dtype !== INT32 && dtype !== BOOL) {
    throw new TraceError(
      `It has a constant of TensorFlow's type ${dtype}, want floats, whole numbers or truth values`,
    );
  }
  const tensor = { dtype, tensorShape: shapeMessage(shape) };
  return {
    name,
    op: "Const",
    attr: { dtype: { type: dtype }, value: { tensor } },
  };
}

/** What a signature says of a node's first output. */
export function tensorInfo(node: string, shape: readonly number[]): Message {
  return {
    name: `${node}:0`,
    dtype: FLOAT,
    tensorShape: shapeMessage(shape),
  };
}

function shapeMessage(shape: readonly number[]): Message {
  return { dim: shape.map((size) => ({ size })) };
}
