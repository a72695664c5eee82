import { expect, test } from "vitest";
import { principalPlane } from "../../../core/vae/latent/principal.ts";

test("principalPlane() keeps points of a plane, up to a turn, and says so", () => {
  // The plane of (1, 1, 0) / √2 and (0, 0, 1), spread 4 to 1.
  const long = [-2, -1, 0, 1, 2];
  const short = [0.5, -0.5, 0, -0.5, 0.5];
  const data = Float32Array.from(long.flatMap((a, i) => [
    7 + a * Math.SQRT1_2,
    a * Math.SQRT1_2 - 1,
    short[i]!,
  ]));
  const { points, explained } = principalPlane(data, 3);
  long.forEach((a, i) => {
    expect(points[2 * i]).toBeCloseTo(a, 5);
    expect(points[2 * i + 1]).toBeCloseTo(short[i]!, 5);
  });
  expect(explained[0]).toBeCloseTo(10 / 11, 5);
  expect(explained[0] + explained[1]).toBeCloseTo(1, 6);
});

test("principalPlane() of equal points is one point", () => {
  const { points, explained } = principalPlane(new Float32Array(12).fill(3), 3);
  expect([...points].every((value) => value === 0)).toBe(true);
  expect(explained).toEqual([0, 0]);
});
