import { beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../core/engine/program/create.ts";
import type { ProgramSpec } from "../../../core/engine/program/program.ts";
import { tf } from "../../../core/engine/tf.ts";
import { nativeMissing, useBackend } from "../backends.ts";

const missing = nativeMissing();
const [ROWS, SIZE] = [3, 4];

/** Gives the rows as they arrive. */
function echo(rowsOf: Uint8Array): ProgramSpec {
  return {
    variables: {},
    inputs: { pixels: { shape: [ROWS, SIZE], dtype: "uint8", rowsOf } },
    compute: (_, { pixels }) => ({ pixels: tf.mul(pixels!, 1) }),
  };
}

function chosen(rowsOf: Uint8Array, compile: boolean, numbers: number[][]) {
  const program = createProgram(echo(rowsOf), { compile });
  expect(program.execution.compiled).toBe(compile);
  const found = numbers.map((batch) => [
    ...program.run({ pixels: Int32Array.from(batch) })["pixels"]!,
  ]);
  const names = Object.keys(program.variables());
  program.dispose();
  return { found, names };
}

describe.skipIf(missing)("an input of chosen rows", () => {
  beforeAll(() => useBackend("native"));

  it.each([true, false])("has those of each run, compiled: %s", (compile) => {
    const all = Uint8Array.from({ length: 5 * SIZE }, (_, i) => i);
    const { found, names } = chosen(all, compile, [[4, 0, 4], [1, 2, 3]]);
    expect(found).toEqual([
      [16, 17, 18, 19, 0, 1, 2, 3, 16, 17, 18, 19],
      [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    ]);
    // They are no part of what a checkpoint holds.
    expect(names).toEqual([]);
  });

  it("is put together outside where there are more than a session should hold", () => {
    // Pages that nobody writes to take no memory.
    const all = new Uint8Array(2 ** 28 + SIZE);
    const last = all.length / SIZE - 1;
    all.set([1, 2, 3, 4], last * SIZE);
    const { found } = chosen(all, true, [[last, 0, last]]);
    expect(found).toEqual([[1, 2, 3, 4, 0, 0, 0, 0, 1, 2, 3, 4]]);
  });

  it("refuses a row that is not there", () => {
    const all = new Uint8Array(2 * SIZE);
    expect(() => chosen(all, true, [[0, 1, 2]])).toThrow(/not in \[0, 2\)/);
  });
});
