import { describe, expect, test } from "vitest";
import {
  formatFields,
  formatRate,
  formatSeconds,
  paceMeter,
} from "../../../core/cli/progress/rate.ts";

describe("paceMeter", () => {
  test("knows nothing at first, then rate and time left", () => {
    const meter = paceMeter();
    expect(meter.update(0, 100, 1000)).toEqual({
      fraction: 0,
      rate: null,
      left: null,
    });
    expect(meter.update(20, 100, 3000)).toEqual({
      fraction: 0.2,
      rate: 10,
      left: 8,
    });
  });

  test("counts a resumed stage from where it resumed", () => {
    const meter = paceMeter();
    meter.update(90, 100, 0);
    expect(meter.update(95, 100, 1000)).toEqual({
      fraction: 0.95,
      rate: 5,
      left: 1,
    });
  });

  test("makes nothing of an empty total", () => {
    expect(paceMeter().update(0, 0, 0).fraction).toBe(0);
  });
});

test.each([[3.21, "3.2 s"], [42.4, "42 s"], [185, "3:05 min"], [
  3723,
  "1:02:03 h",
]])(
  "%d seconds are %s",
  (seconds, text) => expect(formatSeconds(seconds)).toBe(text),
);

test("rates and fields are short", () => {
  expect(formatRate(123.4)).toBe("123/s");
  expect(formatRate(0.5234)).toBe("0.52/s");
  expect(formatFields({ loss: 104.23, kl: 1.2345, epoch: 3 })).toBe(
    "loss 104.2  kl 1.23  epoch 3",
  );
});
