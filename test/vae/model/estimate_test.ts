import { expect, it } from "vitest";
import { estimate } from "../../../core/vae/model/estimate.ts";

it("gives mean and standard error", () => {
  const { mean, standardError } = estimate([1, 2, 3, 4]);
  expect(mean).toBe(2.5);
  expect(standardError).toBeCloseTo(Math.sqrt(5 / 3 / 4), 14);
});

it("keeps its digits where the mean is large against the spread", () => {
  const { mean, standardError } = estimate([1e9, 1e9 + 1, 1e9 + 2]);
  expect(mean).toBe(1e9 + 1);
  expect(standardError).toBeCloseTo(Math.sqrt(1 / 3), 12);
});

it("has no spread for one value", () => {
  expect(estimate([7])).toEqual({ mean: 7, standardError: 0 });
});
