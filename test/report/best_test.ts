import { expect, test } from "vitest";
import { bestOf, comparable } from "../../core/report/best.ts";

test("bestOf() finds the highest or the lowest, with ties that look the same", () => {
  expect([...bestOf([-100.2, null, -99.101, -99.099], "high")]).toEqual([2, 3]);
  expect([...bestOf([3, 1, 2], "low")]).toEqual([1]);
});

test("bestOf() marks none where nothing compares", () => {
  expect(bestOf([1, null, NaN], "low").size).toBe(0);
});

test("comparable() keeps kinds apart and puts runs without figures first", () => {
  expect(comparable([null, "grey", "dynamic", null, "grey"], (kind) => kind))
    .toEqual([[null, "grey", null, "grey"], ["dynamic"]]);
});
