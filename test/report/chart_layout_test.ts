import { expect, test } from "vitest";
import {
  dodge,
  epochTicks,
  paddedDomain,
} from "../../core/report/chart_layout.ts";

test("dodge() moves labels apart, in order and within bounds", () => {
  const placed = dodge([96, 95, 20, 97], { apart: 10, from: 0, to: 100 });
  expect(placed).toEqual([90, 80, 20, 100]);
});

test("dodge() leaves alone what does not overlap", () => {
  expect(dodge([80, 10, 40], { apart: 10, from: 0, to: 100 })).toEqual(
    [80, 10, 40],
  );
});

test("epochTicks() are whole and few", () => {
  expect(epochTicks([1, 2, 3])).toEqual([1, 2, 3]);
  expect(epochTicks([2, 20])).toEqual([5, 10, 15, 20]);
  expect(epochTicks([1, 500])).toEqual([100, 200, 300, 400, 500]);
  expect(epochTicks([7])).toEqual([7]);
  expect(epochTicks([])).toEqual([]);
});

test("paddedDomain() has some width, always", () => {
  expect(paddedDomain([100, 120])).toEqual([99, 121]);
  expect(paddedDomain([100])).toEqual([95, 105]);
  expect(paddedDomain([0])).toEqual([-1, 1]);
});
