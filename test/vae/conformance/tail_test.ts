import { expect, test } from "vitest";
import { parabola, tail } from "../../../core/vae/conformance/tail.ts";

/** A standard normal density that is known up to here, in steps of 0.3. */
const END = 3;
const PLACES = [END, END - 0.3, END - 0.6] as const;
const through = (f: (x: number) => number) =>
  parabola([f(PLACES[0]), f(PLACES[1]), f(PLACES[2])], [0.3, 0.6]);
const density = (x: number) => Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);

// P(Z > 3) = 0.0013498980; an exponential would have 0.00148.
test.each([
  ["mass", () => 1, 1.3498980e-3],
  ["mean", (x: number) => x, density(END)],
  ["second moment", (x: number) => x ** 2, END * density(END) + 1.3498980e-3],
])("the %s beyond the end is that of the normal density", (_, f, wanted) => {
  const fall = through((x) => x ** 2 / 2);
  expect(tail(density(END), fall, through(f)) / wanted).toBeCloseTo(1, 6);
});

test("a parabola goes through places that are not evenly apart", () => {
  const { value, slope, curve } = parabola(
    [2, 2 - 3 * 0.5 + 4 * 0.25, 2 - 3 * 2 + 4 * 4],
    [0.5, 2],
  );
  expect([value, slope, curve]).toEqual([2, 3, 4]);
});
