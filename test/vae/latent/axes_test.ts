import { describe, expect, test } from "vitest";
import { uniformStream } from "../../../core/engine/random.ts";
import {
  axisCount,
  fromAxes,
  type Geometry,
  isAngle,
  toAxes,
} from "../../../core/vae/latent/axes.ts";

const GEOMETRIES: readonly Geometry[] = [
  { kind: "interval", width: 3 },
  { kind: "circle", width: 4 },
  { kind: "simplex", width: 4 },
  { kind: "sphere", width: 2 },
  { kind: "sphere", width: 5 },
];

/** A point of the support, from the library of no formula under test. */
function pointOf({ kind, width }: Geometry, uniform: () => number): number[] {
  const raw = Array.from({ length: width }, () => uniform() * 2 - 1);
  const scaled = (values: number[], length: number) =>
    values.map((value) => value / length);
  if (kind === "sphere") return scaled(raw, Math.hypot(...raw));
  if (kind === "simplex") {
    const positive = raw.map(Math.abs);
    return scaled(positive, positive.reduce((sum, value) => sum + value, 0));
  }
  if (kind === "interval") return raw;
  return [0, 2].flatMap((i) => {
    const pair = raw.slice(i, i + 2);
    return scaled(pair, Math.hypot(...pair));
  });
}

describe.each(GEOMETRIES)("$kind of width $width", (geometry) => {
  test("fromAxes() undoes toAxes()", () => {
    const uniform = uniformStream(1, 0);
    for (let i = 0; i < 50; i++) {
      const point = pointOf(geometry, uniform);
      const axes = toAxes(geometry, point);
      expect(axes).toHaveLength(axisCount(geometry));
      fromAxes(geometry, axes).forEach((value, k) =>
        expect(value).toBeCloseTo(point[k]!, 12)
      );
    }
  });
});

test("toAxes() takes a mean inside of the sphere for its direction", () => {
  const geometry: Geometry = { kind: "sphere", width: 3 };
  expect(toAxes(geometry, [0.125, 0.25, 0.25]))
    .toEqual(toAxes(geometry, [0.5, 1, 1]));
});

test("axes at the edge of the simplex and at the centre of a ball are numbers", () => {
  expect([...toAxes({ kind: "simplex", width: 3 }, [1, 0, 0])])
    .toEqual([1, 0.5]);
  expect([...toAxes({ kind: "sphere", width: 3 }, [0, 0, 0])]).toEqual([0, 0]);
});

test("isAngle() tells the axes whose ends meet", () => {
  const angles = (geometry: Geometry) =>
    Array.from({ length: axisCount(geometry) }, (_, i) => isAngle(geometry, i));
  expect(angles({ kind: "circle", width: 4 })).toEqual([true, true]);
  expect(angles({ kind: "sphere", width: 4 })).toEqual([false, false, true]);
  expect(angles({ kind: "simplex", width: 3 })).toEqual([false, false]);
  expect(angles({ kind: "interval", width: 2 })).toEqual([false, false]);
});

test("axes of a uniform law on the sphere are independent, those of coordinates are not", async () => {
  const { dependenceLimit, greatestDependence } = await import(
    "../../../core/vae/latent/dependence.ts"
  );
  const { levelOf, quantilesOf } = await import(
    "../../../core/vae/latent/quantiles.ts"
  );
  const uniform = uniformStream(2, 0);
  // Marsaglia 1972: uniform on the sphere in three dimensions.
  const draws = Array.from({ length: 4000 }, () => {
    const height = 2 * uniform() - 1;
    const angle = 2 * Math.PI * uniform();
    const radius = Math.sqrt(1 - height ** 2);
    return [radius * Math.cos(angle), radius * Math.sin(angle), height];
  });
  const dependence = (geometry: Geometry) => {
    const rows = draws.map((draw) => toAxes(geometry, draw));
    const quantiles = quantilesOf(geometry, rows);
    return greatestDependence(
      rows.map((row) => row.map((value, i) => levelOf(quantiles, i, value))),
    );
  };
  const limit = dependenceLimit(draws.length);
  expect(dependence({ kind: "sphere", width: 3 })).toBeLessThan(limit);
  expect(dependence({ kind: "interval", width: 3 })).toBeGreaterThan(limit);
});
