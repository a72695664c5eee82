import { describe, expect, it } from "vitest";
import { drawsFor } from "../../datasets/draws.ts";

function list(length: number, draw: () => number): number[] {
  return Array.from({ length }, draw);
}

describe("drawsFor()", () => {
  it.each([
    // From a second implementation, with whole numbers of any size.
    [0, 0, 2611992518],
    [1, 2, 1887212076],
    [4294967295, 7, 590089997],
    [2, 4294967295, 3739529509],
  ])("gives the hash of (%i, %i, 0)", (seed, index, hash) => {
    expect(drawsFor(seed, index).uniform(0, 2 ** 32)).toBe(hash);
  });

  it("depends on seed, item and draw alone", () => {
    const first = drawsFor(3, 5);
    const again = drawsFor(3, 5);
    const values = list(20, () => first.uniform(0, 1));
    expect(list(20, () => again.uniform(0, 1))).toEqual(values);
    expect(new Set(values).size).toBe(20);
    expect(drawsFor(4, 5).uniform(0, 1)).not.toBe(values[0]);
    expect(drawsFor(3, 6).uniform(0, 1)).not.toBe(values[0]);
  });

  it("draws evenly within bounds", () => {
    const draws = drawsFor(1, 1);
    const values = list(20_000, () => draws.uniform(-2, 4));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...values)).toBeLessThan(4);
    expect(mean(values)).toBeCloseTo(1, 1);
    const counts = new Array<number>(10).fill(0);
    for (const value of list(20_000, () => draws.below(10))) counts[value]!++;
    for (const count of counts) {
      expect(Math.abs(count - 2000)).toBeLessThan(200);
    }
  });

  it("draws bells of mean 0 and variance 1", () => {
    const draws = drawsFor(1, 2);
    const values = list(20_000, () => draws.bell());
    expect(Math.abs(mean(values))).toBeLessThan(0.03);
    expect(Math.abs(mean(values.map((value) => value * value)) - 1))
      .toBeLessThan(0.04);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
