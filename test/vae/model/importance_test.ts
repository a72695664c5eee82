import { describe, expect, it } from "vitest";
import {
  importanceEstimate,
  logLikelihoodWith,
} from "../../../core/vae/model/importance.ts";

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

describe("the standard error of an estimate", () => {
  it("is that of the mean weight, in parts of it", () => {
    // Weights 1, 2, 6: mean 3, variance 7.
    const { standardError } = importanceEstimate(
      Float64Array.of(Math.log(1), Math.log(2), Math.log(6)),
    );
    expect(standardError).toBeCloseTo(Math.sqrt(7 / 3) / 3, 14);
  });

  it("is 0 where all weights are equal, or there is one", () => {
    const { standardError } = importanceEstimate(Float64Array.of(-9, -9, -9));
    expect(standardError).toBe(0);
    expect(importanceEstimate(Float64Array.of(-9)).standardError).toBe(0);
  });
});

describe("logLikelihoodWith", () => {
  const logWeights = Float64Array.of(1, 3, 2, 5, 4).map(Math.log);

  it("averages over separate groups of draws, and leaves out the rest", () => {
    expect(logLikelihoodWith(2, logWeights)).toBeCloseTo(
      (Math.log(4 / 2) + Math.log(7 / 2)) / 2,
      14,
    );
    expect(logLikelihoodWith(1, logWeights)).toBeCloseTo(
      Math.log(1 * 3 * 2 * 5 * 4) / 5,
      14,
    );
  });

  it("is the whole estimate with all draws", () => {
    expect(logLikelihoodWith(5, logWeights)).toBe(
      importanceEstimate(logWeights).logLikelihood,
    );
  });
});
