import { expect, test } from "vitest";
import {
  datasetTitle,
  formatCount,
  formatDuration,
  formatNats,
  formatRate,
  formatValue,
  plural,
} from "../../core/report/format.ts";

test("formatNats() has two decimals, a true minus and a dash for nothing", () => {
  expect(formatNats(-100.206)).toBe("−100.21");
  expect(formatNats(3)).toBe("3.00");
  expect(formatNats(null)).toBe("–");
});

test("formatCount() groups thousands", () => {
  expect([0, 999, 1000, 60000, 1234567].map(formatCount)).toEqual(
    ["0", "999", "1,000", "60,000", "1,234,567"],
  );
});

test("formatDuration() uses the units that people would", () => {
  expect([12.4, 4210, 59_990, 200_000, 7_500_000].map(formatDuration)).toEqual(
    ["12 ms", "4.2 s", "60.0 s", "3 min 20 s", "2 h 5 min"],
  );
});

test("formatRate() has three digits", () => {
  expect([5.3149, 53.149, 531.49].map(formatRate)).toEqual(
    ["5.31", "53.1", "531"],
  );
});

test("formatValue() shows any option in a line", () => {
  expect([[1, 2], "a", null, true, undefined].map(formatValue)).toEqual(
    ["[1,2]", "a", "null", "true", "none"],
  );
});

test("datasetTitle() writes names as their field does", () => {
  expect(["mnist", "fashion-mnist", "kmnist", "letters"].map(datasetTitle))
    .toEqual(["MNIST", "Fashion-MNIST", "KMNIST", "Letters"]);
  expect(datasetTitle('"mnist" (not MNIST)')).toBe('"mnist" (not MNIST)');
});

test("plural() counts", () => {
  expect([plural(1, "run"), plural(4000, "run")]).toEqual(
    ["1 run", "4,000 runs"],
  );
});
