import { describe, expect, it } from "vitest";
import {
  ArrayArithmetic,
  BLOCK,
} from "../../../../core/engine/kernels/formula/arrays.ts";
import { formulaKernel } from "../../../../core/engine/kernels/formula/kernel.ts";

const NOTHING = {} as never;

describe("formulas on arrays", () => {
  it("computes element by element, with numbers", () => {
    const m = new ArrayArithmetic();
    m.restart(3);
    const x = m.copy([1, 2, 4]);
    expect([...m.sub(1, x)]).toEqual([0, -1, -3]);
    expect([...m.div(m.mul(x, x), m.add(x, 1))]).toEqual([0.5, 4 / 3, 16 / 5]);
    expect([...m.max(m.min(x, 3), m.neg(x))]).toEqual([1, 2, 3]);
    const [larger, smaller] = m.whereGreater(x, 1.5, [x, 0], [-1, x]);
    expect([...larger]).toEqual([-1, 2, 4]);
    expect([...smaller]).toEqual([1, 0, 0]);
  });

  it("takes the other branch where a comparison meets NaN", () => {
    const m = new ArrayArithmetic();
    m.restart(1);
    const [chosen] = m.whereGreater(m.copy([NaN]), 0, [1], [2]);
    expect([...chosen]).toEqual([2]);
  });

  it("sums over columns", () => {
    const m = new ArrayArithmetic();
    m.restart(2);
    const [sum, weight] = m.sumOver(
      [[1, 2, 3], [10, 20, 30]],
      [m.copy([5, 7])],
      ([k, w], [x]) => [m.mul(m.add(x, k), w), w],
    );
    expect([...sum]).toEqual([6 * 10 + 7 * 20 + 8 * 30, 8 * 10 + 9 * 20 + 300]);
    expect([...weight]).toEqual([60, 60]);
    expect([...m.add(sum, weight)].length).toBe(2);
  });

  it("goes through tensors of any size, block by block", () => {
    const kernel = formulaKernel({
      name: "Betainc",
      inputs: ["a", "b"],
      formula: (m, { a, b }) =>
        m.sumOver(
          [[0, 1]],
          [a, b],
          ([k], [a, b]) => [m.add(m.mul(a, k), b)],
        )[0],
    });
    for (const count of [0, 1, BLOCK, BLOCK + 1, 3 * BLOCK - 1]) {
      const a = Float32Array.from({ length: count }, (_, i) => i);
      const b = Float32Array.from({ length: count }, (_, i) => 1 / (i + 1));
      const shape = [count];
      const { values } = kernel.portable(
        [{ values: a, shape }, { values: b, shape }],
        NOTHING,
      );
      expect(values).toEqual(a.map((x, i) => x + 2 * b[i]!));
    }
  });
});
