import { expect, it } from "vitest";
import type { Measured } from "./contenders.ts";
import { comparable, isBusy } from "./rules.ts";

const took = (median: number, loss = 384): Measured => ({
  min: median * 0.98,
  median,
  max: median * 1.05,
  loss,
});
const round = (by: Readonly<Record<string, Measured>>) => ({ load: 0.2, by });

it("a ratio is taken within a round, and the median over rounds", () => {
  const rounds = [
    round({ ours: took(2), theirs: took(4) }),
    round({ ours: took(6), theirs: took(4) }),
    round({ ours: took(3), theirs: took(4) }),
  ];
  expect(comparable(rounds, "ours", "theirs")).toBe("0.75");
});

it("there is no ratio where the losses differ, or one is no number", () => {
  const apart = [round({ ours: took(2), theirs: took(4, 410) })];
  expect(comparable(apart, "ours", "theirs"))
    .toBe("none: loss 384.0 and 410.0");
  const lost = [round({ ours: took(2), theirs: took(4, NaN) })];
  expect(comparable(lost, "ours", "theirs")).toBe("none: loss 384.0 and -");
});

it("a part of the step needs no loss, and who is missing gets no ratio", () => {
  const floor = { ...took(1, 0), isFloor: true };
  expect(comparable([round({ ours: took(2), floor })], "ours", "floor"))
    .toBe("2.00");
  expect(comparable([round({ ours: took(2) })], "ours", "theirs")).toBe("");
});

it("blocks that differ by a third tell of other work", () => {
  expect(isBusy([round({ ours: took(2) })])).toBe(false);
  expect(isBusy([round({ ours: { ...took(2), max: 3 } })])).toBe(true);
});
