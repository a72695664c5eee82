import { describe, expect, test } from "vitest";
import {
  type Line,
  lineOf,
  trusted,
} from "../../../core/vae/conformance/line.ts";
import {
  circle,
  interval,
  positiveReal,
  real,
  simplex,
  sphere,
  type Support,
  unitInterval,
} from "../../../core/mod.ts";

const LINES: readonly (readonly [string, Support, number])[] = [
  ["the real line", real, 1],
  ["a half line", positiveReal, 1],
  ["a half line from 3", interval(3, Infinity), 1],
  ["a half line down", interval(-Infinity, -2), 1],
  ["the unit interval", unitInterval, 1],
  ["an interval", interval(-1, 5), 1],
  ["the simplex", simplex, 2],
  ["the circle", circle, 2],
  ["the sphere", sphere, 2],
];

/** Places well inside of a line. */
function placesOf({ from, to }: Line): number[] {
  const [least, most] = [Math.max(from, -4), Math.min(to, 4)];
  return [0.01, 0.3, 0.5, 0.9, 0.99].map((x) => least + x * (most - least));
}

describe.each(LINES)("%s", (_, support, width) => {
  const line = lineOf(support, width)!;

  test("has a latent vector for every place, and back", () => {
    expect(line.from).toBeLessThan(line.to);
    for (const place of placesOf(line)) {
      const latent = line.latent(place);
      expect(latent).toHaveLength(width);
      expect(line.place([9, ...latent], 1)).toBeCloseTo(place, 10);
    }
  });

  test("knows how much it is stretched", () => {
    const h = 1e-5;
    for (const place of placesOf(line)) {
      const [a, b] = [line.latent(place - h), line.latent(place + h)];
      // Densities on the simplex are in its first coordinate.
      const length = support.kind === "simplex"
        ? Math.abs(b[0]! - a[0]!)
        : Math.hypot(...a.map((x, i) => b[i]! - x));
      expect(line.logStretch(place)).toBeCloseTo(Math.log(length / (2 * h)), 6);
    }
  });
});

test.each([[real, 2], [simplex, 3], [sphere, 3], [circle, 4]])(
  "%j of width %i is no line",
  (support, width) => expect(lineOf(support, width)).toBeUndefined(),
);

test("what is trusted keeps off the bounds, and has none where there are none", () => {
  expect(trusted(real)).toEqual({ least: -Infinity, most: Infinity });
  expect(trusted(positiveReal)).toEqual({ least: 1e-6, most: Infinity });
  const { least, most } = trusted(unitInterval);
  expect(least).toBe(1 - most);
  expect(trusted(interval(100, 101)).least - 100).toBe(100 * 2 ** -17);
});
