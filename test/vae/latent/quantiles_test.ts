import { expect, test } from "vitest";
import { uniformStream } from "../../../core/engine/random.ts";
import {
  levelOf,
  quantile,
  quantilesOf,
} from "../../../core/vae/latent/quantiles.ts";

const LINE = { kind: "interval", width: 1 } as const;
const CIRCLE = { kind: "circle", width: 2 } as const;

function draws(count: number, of: (uniform: number) => number): Float64Array[] {
  const uniform = uniformStream(3, 0);
  return Array.from({ length: count }, () => Float64Array.of(of(uniform())));
}

test("quantile() is the inverse distribution function, as far as draws tell", () => {
  // Exponential: Q(u) = -ln(1 - u).
  const exponential = (u: number) => -Math.log(1 - u);
  const quantiles = quantilesOf(LINE, draws(20_000, exponential));
  for (const u of [0.05, 0.25, 0.5, 0.75, 0.95]) {
    const error = Math.sqrt(u * (1 - u) / 20_000) / (1 - u);
    const deviation = quantile(quantiles, 0, u) - exponential(u);
    expect(Math.abs(deviation)).toBeLessThan(5 * error);
  }
});

test("levelOf() undoes quantile() and stays within the outermost levels", () => {
  const quantiles = quantilesOf(LINE, draws(2000, (u) => u * u));
  for (const u of [0.1, 0.37, 0.9]) {
    expect(levelOf(quantiles, 0, quantile(quantiles, 0, u))).toBeCloseTo(u, 3);
  }
  const least = 0.5 / quantiles.levels;
  expect(levelOf(quantiles, 0, -5)).toBe(least);
  expect(levelOf(quantiles, 0, 5)).toBe(1 - least);
  expect(quantile(quantiles, 0, 0)).toBe(quantile(quantiles, 0, least));
});

test("angles start opposite their mean direction, wherever that is", () => {
  // Around π, where atan2 jumps.
  const wrap = (angle: number) => Math.atan2(Math.sin(angle), Math.cos(angle));
  const quantiles = quantilesOf(
    CIRCLE,
    draws(4000, (u) => wrap(Math.PI + (u - 0.5))),
  );
  const median = quantile(quantiles, 0, 0.5);
  expect(Math.abs(wrap(median - Math.PI))).toBeLessThan(0.05);
  expect(levelOf(quantiles, 0, wrap(Math.PI + 0.25))).toBeCloseTo(0.75, 1);
  expect(levelOf(quantiles, 0, wrap(Math.PI - 0.25))).toBeCloseTo(0.25, 1);
});

test("draws that are all the same have that quantile", () => {
  const quantiles = quantilesOf(LINE, draws(1000, () => 2));
  expect(quantile(quantiles, 0, 0.3)).toBe(2);
  expect(levelOf(quantiles, 0, 2)).toBeGreaterThan(0);
});
