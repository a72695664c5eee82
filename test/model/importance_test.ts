import { describe, expect, it } from "vitest";
import { importanceEstimate } from "../../core/model/importance.ts";

describe("importanceEstimate", () => {
  it("is the weight itself where all are equal, and every draw counts", () => {
    const found = importanceEstimate(new Float64Array(50).fill(-93.25));
    expect(found.logLikelihood).toBeCloseTo(-93.25, 12);
    expect(found.effectiveSampleSize).toBeCloseTo(50, 10);
  });

  it("averages weights, not their logarithms", () => {
    const found = importanceEstimate(Float64Array.of(Math.log(1), Math.log(3)));
    expect(found.logLikelihood).toBeCloseTo(Math.log(2), 14);
    expect(found.effectiveSampleSize).toBeCloseTo(16 / 10, 12);
  });

  it("neither overflows nor underflows", () => {
    const high = importanceEstimate(Float64Array.of(2000, 1000));
    expect(high.logLikelihood).toBeCloseTo(2000 - Math.log(2), 12);
    const low = importanceEstimate(Float64Array.of(-3000, -2000));
    expect(low.logLikelihood).toBeCloseTo(-2000 - Math.log(2), 12);
    expect(low.effectiveSampleSize).toBeCloseTo(1, 12);
  });
});
