import { expect, test } from "vitest";
import {
  formatFields,
  formatRate,
  formatSeconds,
} from "../../../core/cli/progress/rate.ts";

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
