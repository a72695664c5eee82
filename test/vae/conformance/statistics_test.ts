import { expect, test } from "vitest";
import {
  columnEstimates,
  countUpTo,
  distanceOfSamples,
  estimate,
  FALSE_ALARM,
  LARGEST_DISTANCE,
  quantile,
  SIGMAS,
} from "../../../core/vae/conformance/statistics.ts";
import { uniformStream } from "../../../core/engine/random.ts";

test("limits have the false alarm that is promised", () => {
  // erfc(6 / sqrt(2)) and Kolmogorov's first term.
  expect(1.973e-9 / FALSE_ALARM).toBeCloseTo(1, 1);
  expect(SIGMAS).toBe(6);
  expect(2 * Math.exp(-2 * LARGEST_DISTANCE ** 2)).toBeCloseTo(FALSE_ALARM, 15);
});

test("means have standard errors", () => {
  expect(estimate([1, 2, 3, 4])).toEqual({
    mean: 2.5,
    error: Math.sqrt(5 / 3 / 4),
  });
  expect(columnEstimates([1, 10, 3, 10], 2)).toEqual([
    { mean: 2, error: 1 },
    { mean: 10, error: 0 },
  ]);
});

test("sorted lists are searched", () => {
  const list = Float64Array.of(1, 2, 2, 3);
  expect([0, 1, 2, 2.5, 9].map((x) => countUpTo(list, x)))
    .toEqual([0, 1, 3, 3, 4]);
  expect([0, 0.5, 1].map((level) => quantile(list, level))).toEqual([1, 2, 3]);
});

test("samples of one distribution are near, of two they are not", () => {
  const draw = (stream: number, shift: number) => {
    const uniform = uniformStream(3, stream);
    return Float64Array.from({ length: 4000 }, () => uniform() + shift);
  };
  expect(distanceOfSamples(draw(0, 0), draw(1, 0))).toBeLessThan(1.7);
  expect(distanceOfSamples(draw(0, 0), draw(1, 0.1)))
    .toBeGreaterThan(LARGEST_DISTANCE);
  expect(distanceOfSamples(Float64Array.of(1), Float64Array.of(2)))
    .toBeCloseTo(Math.SQRT1_2);
});
