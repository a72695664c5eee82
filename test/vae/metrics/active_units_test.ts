import { describe, expect, it } from "vitest";
import { uniformStream } from "../../../core/engine/random.ts";
import { type Points, unitActivity } from "../../../core/vae/metrics/mod.ts";
import {
  circle,
  positiveReal,
  real,
  simplex,
  sphere,
} from "../../../core/vae/plugin/support.ts";
import { FIXTURES, toPoints } from "./fixtures.ts";

const { activity } = FIXTURES;
const [first, second] = [toPoints(activity.first), toPoints(activity.second)];
const priorVariance = Float64Array.from(activity.priorVariance);

describe("unitActivity()", () => {
  it.each([
    ["coordinates", real, activity.interval],
    ["coordinates of the simplex", simplex, activity.interval],
    ["angles", circle, activity.circle],
    ["principal directions of the sphere", sphere, activity.sphere],
  ])(
    "is NumPy's covariance over the prior's variance: %s",
    (_, support, want) => {
      const found = unitActivity(first, second, { support, priorVariance });
      expect(found.activity).toHaveLength(want.length);
      found.activity.forEach((value, i) =>
        expect(value).toBeCloseTo(want[i]!, 10)
      );
      expect(found.active).toBe(want.filter((value) => value > 0.01).length);
    },
  );

  it("does not change with the scale of prior and posterior", () => {
    const wide = {
      ...first,
      data: Float32Array.from(first.data, (x) => 32 * x + 5),
    };
    const found = unitActivity(wide, wide, {
      support: positiveReal,
      priorVariance: priorVariance.map((v) => 32 * 32 * v),
    });
    const want = unitActivity(first, first, { support: real, priorVariance });
    found.activity.forEach((value, i) =>
      expect(value).toBeCloseTo(want.activity[i]!, 5)
    );
  });

  it("is 0 where there is no room", () => {
    const { active, activity } = unitActivity(first, first, {
      support: real,
      priorVariance: new Float64Array(4),
    });
    expect(activity).toEqual([0, 0, 0, 0]);
    expect(active).toBe(0);
  });

  it("counts what tells images apart on a sphere, whichever way it lies", () => {
    const uniform = uniformStream(4, 0);
    const count = 4000;
    // All on one great circle of S^3, askew to every axis.
    const u = [0.5, 0.5, 0.5, 0.5];
    const w = [0.5, -0.5, 0.5, -0.5];
    const data = new Float32Array(4 * count);
    for (let i = 0; i < count; i++) {
      const angle = 2 * Math.PI * uniform();
      for (let k = 0; k < 4; k++) {
        data[4 * i + k] = Math.cos(angle) * u[k]! + Math.sin(angle) * w[k]!;
      }
    }
    const points: Points = { count, width: 4, data };
    const { active, activity } = unitActivity(points, points, {
      support: sphere,
      priorVariance: new Float64Array(4).fill(1 / 4),
    });
    expect(active).toBe(2);
    expect(activity[0]).toBeCloseTo(2, 1);
  });
});
