import { describe, expect, it } from "vitest";
import { minimise } from "../../../core/vae/metrics/_lbfgs.ts";
import { fitProbe, probeAccuracy } from "../../../core/vae/metrics/mod.ts";
import { FIXTURES, toLabelled } from "./fixtures.ts";

describe("the linear probe", () => {
  const { train, test, probe } = FIXTURES.neighbours;

  it("is scikit-learn's logistic regression", async () => {
    const fitted = await fitProbe(toLabelled(train), {
      classes: 4,
      tolerance: 1e-10,
    });
    expect(fitted.converged).toBe(true);
    fitted.weights.forEach((weight, i) =>
      expect(weight).toBeCloseTo(probe.weights[i]!, 6)
    );
    fitted.biases.forEach((bias, i) =>
      expect(bias).toBeCloseTo(probe.biases[i]!, 6)
    );
    const { mean } = probeAccuracy(fitted, toLabelled(test));
    expect(mean).toBeCloseTo(probe.accuracy, 12);
  });

  it("does not depend on the unit of a coordinate, nor on one that never changes", async () => {
    const { points, labels } = toLabelled(train);
    const data = Float32Array.from(
      { length: points.count * 6 },
      (_, place) => {
        const [i, k] = [Math.floor(place / 6), place % 6];
        return k === 5 ? 42 : points.data[i * 5 + k]! * 8 + 1;
      },
    );
    const same = { points: { ...points, width: 6, data }, labels };
    const [before, after] = [
      await fitProbe({ points, labels }, { classes: 4 }),
      await fitProbe(same, { classes: 4 }),
    ];
    before.biases.forEach((bias, c) =>
      expect(after.biases[c]).toBeCloseTo(bias, 4)
    );
    expect(probeAccuracy(after, same)).toEqual(
      probeAccuracy(before, { points, labels }),
    );
  });
});

describe("minimise()", () => {
  /** Rosenbrock's valley: 0 at (1, 1). */
  const valley = ([x, y]: Float64Array) => {
    const [a, b] = [1 - x!, y! - x! * x!];
    return {
      value: a * a + 100 * b * b,
      gradient: Float64Array.of(-2 * a - 400 * x! * b, 200 * b),
    };
  };

  it("finds the bottom of a bent valley", async () => {
    const { at, converged } = await minimise(valley, Float64Array.of(-1.2, 1), {
      tolerance: 1e-9,
      iterations: 200,
    });
    expect(converged).toBe(true);
    expect(at[0]).toBeCloseTo(1, 8);
    expect(at[1]).toBeCloseTo(1, 8);
  });

  it("says that it did not, in too few iterations", async () => {
    const { converged } = await minimise(valley, Float64Array.of(-1.2, 1), {
      tolerance: 1e-9,
      iterations: 5,
    });
    expect(converged).toBe(false);
  });
});
