import { describe, expect, it } from "vitest";
import { uniformStream } from "../../../core/engine/random.ts";
import {
  aggregateDistance,
  type Points,
  randomDirections,
  slicedWasserstein,
} from "../../../core/vae/metrics/mod.ts";
import { FIXTURES, toPoints } from "./fixtures.ts";

describe("slicedWasserstein()", () => {
  const { a, b, directions, distance } = FIXTURES.sliced;

  it("is the optimal transport that SciPy's assignment finds", () => {
    expect(slicedWasserstein(toPoints(a), toPoints(b), toPoints(directions)))
      .toBeCloseTo(distance, 6);
  });

  it("is the length of a shift over the root of the dimensions", () => {
    const from = toPoints(a);
    const to = { ...from, data: from.data.map((x) => x + 2) };
    const along = randomDirections(20_000, {
      width: 5,
      uniform: uniformStream(1, 0),
    });
    // E of the squared cosine is 1 / 5: sqrt(5 * 2^2 / 5).
    expect(slicedWasserstein(from, to, along)).toBeCloseTo(2, 1);
    expect(slicedWasserstein(from, from, along)).toBe(0);
  });

  it("wants as many points of either", () => {
    const points = toPoints(a);
    expect(() =>
      slicedWasserstein(
        points,
        { ...points, count: 3 },
        toPoints(directions),
      )
    ).toThrow("Cannot compare 64 points with 3, want as many");
  });
});

describe("randomDirections()", () => {
  it("are unit vectors to all sides", () => {
    const { data } = randomDirections(5000, {
      width: 3,
      uniform: uniformStream(2, 0),
    });
    const mean = [0, 0, 0];
    for (let d = 0; d < 5000; d++) {
      let square = 0;
      for (let k = 0; k < 3; k++) {
        square += data[3 * d + k]! ** 2;
        mean[k]! += data[3 * d + k]! / 5000;
      }
      expect(square).toBeCloseTo(1, 5);
    }
    // Standard error sqrt(1 / 3 / 5000) = 0.0082.
    for (const value of mean) expect(Math.abs(value)).toBeLessThan(0.041);
  });
});

describe("aggregateDistance()", () => {
  const draws = (
    count: number,
    { seed, shift = 0, scale = 1 }: {
      seed: number;
      shift?: number;
      scale?: number;
    },
  ): Points => {
    const uniform = uniformStream(seed, 0);
    const data = Float32Array.from(
      { length: count * 4 },
      () => scale * (shift + Math.sqrt(12) * (uniform() - 0.5)),
    );
    return { count, width: 4, data };
  };
  const measure = (shift: number, scale = 1) =>
    aggregateDistance(
      draws(2000, { seed: 1, shift, scale }),
      draws(4000, { seed: 2, scale }),
      { groups: 5, directions: 50, uniform: uniformStream(3, 0) },
    );

  it("is at its floor where posterior and prior agree", () => {
    const { distance, floor, draws, groups } = measure(0);
    expect([draws, groups]).toEqual([400, 5]);
    const error = Math.hypot(distance.standardError, floor.standardError);
    expect(Math.abs(distance.mean - floor.mean)).toBeLessThan(5 * error);
    expect(floor.mean).toBeGreaterThan(0);
  });

  it("is the shift in standard deviations of the prior, whatever its scale", () => {
    const one = measure(1);
    // sqrt(4 / 4) and the floor, in quadrature; directions vary.
    expect(one.distance.mean).toBeGreaterThan(0.93);
    expect(one.distance.mean).toBeLessThan(1.1);
    expect(measure(1, 64).distance.mean).toBeCloseTo(one.distance.mean, 4);
  });
});
