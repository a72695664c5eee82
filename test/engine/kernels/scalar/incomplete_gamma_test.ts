import { describe, expect, it } from "vitest";
import {
  gammainc,
  logGammaSlope,
} from "../../../../core/engine/kernels/scalar/incomplete_gamma.ts";
import { columnOf, readFixture, worstOf } from "../../../math/fixtures.ts";

describe("scalar incomplete gamma", () => {
  it("has eight digits, whichever expansion answers", () => {
    const table = readFixture("gammainc");
    const found = columnOf(table, "a").map((a, i) =>
      gammainc(a, columnOf(table, "x")[i]!)
    );
    const worst = worstOf(table, "value", found, {
      relative: 1e-8,
      absolute: 0,
    });
    expect(worst.excess, JSON.stringify(worst)).toBeLessThanOrEqual(1);
  });

  it("has a slope at a fixed quantile to eight digits", () => {
    const table = readFixture("gamma_sample_gradient");
    const logX = columnOf(table, "logX");
    const found = columnOf(table, "a").map((a, i) =>
      logGammaSlope(a, logX[i]!)
    );
    const worst = worstOf(table, "value", found, {
      relative: 1e-8,
      absolute: 0,
    });
    expect(worst.excess, JSON.stringify(worst)).toBeLessThanOrEqual(1);
  });

  it("is NaN outside its domain and ends at 0 and 1", () => {
    expect(gammainc(0, 1)).toBeNaN();
    expect(gammainc(1, -1)).toBeNaN();
    expect(gammainc(NaN, 1)).toBeNaN();
    expect(gammainc(1, 0)).toBe(0);
    expect(gammainc(1, Infinity)).toBe(1);
    expect(logGammaSlope(NaN, 0)).toBeNaN();
  });
});
