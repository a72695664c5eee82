import { describe, expect, it } from "vitest";
import { learningRateAt } from "../../../core/vae/model/schedule.ts";

const at = (
  schedule: "constant" | "linear" | "cosine" | "cooldown",
  step: number,
  finalShare = 0,
) =>
  learningRateAt({ schedule, learningRate: 2, finalShare }, {
    step,
    steps: 101,
  });

describe("learningRateAt", () => {
  it("keeps a constant rate", () => {
    expect([1, 50, 101].map((step) => at("constant", step))).toEqual([2, 2, 2]);
  });

  it("falls linearly to its final share", () => {
    expect(at("linear", 1)).toBe(2);
    expect(at("linear", 51)).toBeCloseTo(1, 12);
    expect(at("linear", 101, 0.25)).toBeCloseTo(0.5, 12);
  });

  it("follows half a cosine", () => {
    expect(at("cosine", 1)).toBe(2);
    expect(at("cosine", 26)).toBeCloseTo(1 + Math.SQRT1_2, 12);
    expect(at("cosine", 101)).toBeCloseTo(0, 12);
  });

  it("cools down over the last fifth", () => {
    expect([1, 50, 80].map((step) => at("cooldown", step))).toEqual([2, 2, 2]);
    expect(at("cooldown", 91)).toBeCloseTo(1, 12);
    expect(at("cooldown", 101, 0.1)).toBeCloseTo(0.2, 12);
  });

  it("is the rate itself where there is a single step", () => {
    const options = {
      schedule: "cosine",
      learningRate: 2,
      finalShare: 0,
    } as const;
    expect(learningRateAt(options, { step: 1, steps: 1 })).toBe(2);
  });
});
