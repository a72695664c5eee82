import { expect, test } from "vitest";
import { uniformStream } from "../../../core/engine/random.ts";
import {
  pathBetween,
  pathName,
  type PathSpace,
} from "../../../core/vae/latent/paths.ts";
import { quantilesOf } from "../../../core/vae/latent/quantiles.ts";
import {
  circle,
  interval,
  positiveReal,
  real,
  simplex,
  sphere,
  type Support,
} from "../../../core/vae/plugin/support.ts";

function space(
  support: Support,
  width: number,
  of: (u: number) => number = (u) => u,
): PathSpace {
  const axes = support.kind === "interval"
    ? width
    : support.kind === "circle"
    ? width / 2
    : width - 1;
  const uniform = uniformStream(4, 0);
  const draws = Array.from(
    { length: 5000 },
    () => Float64Array.from({ length: axes }, () => of(uniform())),
  );
  return {
    support,
    quantiles: quantilesOf({ kind: support.kind, width }, draws),
  };
}

const near = (values: ArrayLike<number>, wanted: readonly number[]) =>
  wanted.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 6));

test("paths on the real line and in the simplex are straight", () => {
  near(pathBetween([0, 4], [2, 0], space(real, 2))(0.5), [1, 2]);
  near(
    pathBetween([1, 0, 0], [0, 0.5, 0.5], space(simplex, 3))(0.5),
    [0.5, 0.25, 0.25],
  );
});

test("paths on the sphere follow the great circle at an even pace", () => {
  const path = pathBetween([1, 0, 0], [0, 0, 0.5], space(sphere, 3));
  const angle = Math.PI / 6;
  near(path(1 / 3), [Math.cos(angle), 0, Math.sin(angle)]);
  near(path(1), [0, 0, 1]);
});

test("paths between opposite points of the sphere have no middle, but ends", () => {
  const path = pathBetween([1, 0], [-1, 0], space(sphere, 2));
  near(path(0), [1, 0]);
  near(path(1), [-1, 0]);
});

test("paths on circles take the shorter arc across the cut", () => {
  const at = (angle: number) => [Math.cos(angle), Math.sin(angle)];
  const path = pathBetween(
    at(Math.PI - 0.2),
    at(-Math.PI + 0.4),
    space(circle, 2, (u) => Math.PI * (2 * u - 1)),
  );
  near(path(0.5), at(Math.PI + 0.1));
});

test("paths between bounds go by the prior's quantiles", () => {
  const square = (u: number) => u * u;
  const path = pathBetween([0.04], [0.64], space(interval(0, 1), 1, square));
  // Levels 0.2 and 0.8.
  expect(path(0.5)[0]).toBeCloseTo(0.25, 1);
  near(path(0), [0.04]);
  near(path(1), [0.64]);
});

test("paths begin and end beyond the prior's draws without a jump or a step out of the support", () => {
  const path = pathBetween([1e-6], [40], space(positiveReal, 1));
  near(path(0), [1e-6]);
  near(path(1), [40]);
  let last = 0;
  for (let part = 0; part <= 1; part += 0.01) {
    const value = path(part)[0]!;
    expect(value).toBeGreaterThan(last);
    expect(value - last).toBeLessThan(0.5);
    last = value;
  }
});

test("pathName() says how", () => {
  expect([real, interval(0, 1), simplex, sphere, circle].map(pathName))
    .toEqual([
      "straight lines",
      "the prior's quantiles",
      "straight lines",
      "great circles",
      "the shorter arcs",
    ]);
});
