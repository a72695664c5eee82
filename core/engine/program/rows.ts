/**
 * Inputs whose rows are chosen from many that stay the same. On the native
 * engine these lie in the session, and a run feeds the rows' numbers: copying a
 * batch together and into TensorFlow is 4 % of a training step of the default
 * config, in which all its threads wait.
 *
 * @module
 */

import { type NodeDef, typeText } from "../compile/node_def.ts";
import type { NativeBinding } from "../ops/native_op.ts";
import { assignNodes, fedNode, variableNodes } from "./nodes.ts";
import type { InputSpec } from "./program.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/** Bytes up to which rows lie in the session, too. */
const RESIDENT_BYTES = 2 ** 28;

/** An input of chosen rows. */
export type RowsInput = InputSpec & { readonly rowsOf: Uint8Array };

/** An input with rows to choose from. */
export function hasRows(input: InputSpec): input is RowsInput {
  return input.rowsOf !== undefined;
}

/** Whether they are kept in the session. */
export function isResident({ rowsOf }: RowsInput): boolean {
  return rowsOf.length <= RESIDENT_BYTES;
}

/** Name of the variable that holds the rows of an input. */
export function rowsName(name: string): string {
  return `rows/${name}`;
}

/** Shape of all rows: as many as there are, each as in the input. */
export function rowsShape({ shape, rowsOf }: RowsInput): number[] {
  const row = shape.slice(1);
  return [rowsOf.length / sizeOfShape(row), ...row];
}

/** `gathered/<name>`: the rows whose numbers are fed as `feed`. */
export function rowsNodes(
  binding: NativeBinding,
  { name, feed, input }: {
    readonly name: string;
    readonly feed: string;
    readonly input: RowsInput;
  },
): { readonly nodes: readonly NodeDef[]; readonly source: string } {
  const variable = rowsName(name);
  const bytes = typeText(binding.TF_UINT8);
  const shape = rowsShape(input);
  const source = `gathered/${name}`;
  return {
    source,
    nodes: [
      ...variableNodes(variable, shape, bytes),
      ...assignNodes(variable, shape, bytes),
      fedNode(feed, input.shape.slice(0, 1), binding.TF_INT32),
      {
        name: source,
        op: "ResourceGather",
        inputs: [`variable/${variable}`, feed],
        attributes: { dtype: bytes, Tindices: typeText(binding.TF_INT32) },
      },
    ],
  };
}

/** The chosen rows, one after the other. */
export function chosenRows(
  { shape, rowsOf }: RowsInput,
  numbers: Int32Array,
): Uint8Array {
  const size = sizeOfShape(shape.slice(1));
  const rows = new Uint8Array(numbers.length * size);
  numbers.forEach((row, i) =>
    rows.set(rowsOf.subarray(row * size, (row + 1) * size), i * size)
  );
  return rows;
}
