/**
 * The operations between a tensor and its pieces by rows.
 *
 * @module
 */

import type { NativeBinding } from "../ops/native_op.ts";
import {
  INT32,
  type Operation,
  type Reference,
  type TensorSpec,
} from "./graph.ts";

/** Cuts a tensor; `sizes` and `axis` are those of the pieces. */
export function splitOf(
  binding: NativeBinding,
  { whole, sizes, axis, pieces }: {
    readonly whole: Reference;
    readonly sizes: Reference;
    readonly axis: Reference;
    readonly pieces: readonly TensorSpec[];
  },
): Operation {
  return {
    kind: "op",
    op: "SplitV",
    attributes: [
      count(binding, "num_split", pieces.length),
      { name: "Tlen", type: binding.TF_ATTR_TYPE, value: INT32 },
    ],
    inputs: [whole, sizes, axis],
    outputs: pieces,
  };
}

/** Puts pieces together. */
export function concatOf(
  binding: NativeBinding,
  { pieces, axis, whole }: {
    readonly pieces: readonly Reference[];
    readonly axis: Reference;
    readonly whole: TensorSpec;
  },
): Operation {
  return {
    kind: "op",
    op: "ConcatV2",
    attributes: [count(binding, "N", pieces.length)],
    inputs: [...pieces, axis],
    outputs: [whole],
  };
}

/** Adds up, in order. */
export function sumOf(
  binding: NativeBinding,
  { parts, whole }: {
    readonly parts: readonly Reference[];
    readonly whole: TensorSpec;
  },
): Operation {
  return {
    kind: "op",
    op: "AddN",
    attributes: [
      count(binding, "N", parts.length),
      { name: "T", type: binding.TF_ATTR_TYPE, value: whole.dtype },
    ],
    inputs: parts,
    outputs: [whole],
  };
}

function count(binding: NativeBinding, name: string, value: number) {
  return { name, type: binding.TF_ATTR_INT, value };
}
