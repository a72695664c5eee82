import { beforeAll, describe, expect, test } from "vitest";
import { tf } from "../../../core/engine/tf.ts";
import type { Scalar, Tensor2D } from "../../../core/engine/tf.ts";
import {
  identity,
  positive,
  softplus,
  unit,
} from "../../../core/vae/plugin/constraints.ts";

beforeAll(() => tf.setBackend("cpu"));

/** From far below underflow to far above overflow of exp in single precision. */
const raw = [-200, -20, -1, 0, 1, 20, 200];

function values(constrain: (raw: Tensor2D) => Tensor2D): number[] {
  return tf.tidy(() => [...constrain(tf.tensor2d([raw])).dataSync()]);
}

function slopes(constrain: (raw: Tensor2D) => Tensor2D): number[] {
  return tf.tidy(() => {
    const sum = (x: Tensor2D) => tf.sum(constrain(x)) as Scalar;
    return [...tf.grad(sum as never)(tf.tensor2d([raw])).dataSync()];
  });
}

test("identity gives its argument", () => {
  expect(values(identity)).toEqual(raw);
});

test("softplus is log(1 + exp(raw)) where that overflows and underflows", () => {
  const found = values(softplus);
  raw.forEach((x, i) => {
    const exact = x > 30 ? x : Math.log1p(Math.exp(x));
    expect(found[i]).toBeCloseTo(exact, 5);
  });
});

describe("positive", () => {
  test("stays at or above its floor", () => {
    expect(Math.min(...values(positive()))).toBeCloseTo(1e-3, 7);
    expect(Math.min(...values(positive({ floor: 0.5 })))).toBe(0.5);
  });

  test("has the slope of a sigmoid everywhere", () => {
    slopes(positive()).forEach((slope, i) => {
      expect(slope).toBeCloseTo(1 / (1 + Math.exp(-raw[i]!)), 5);
    });
  });
});

test("unit stays inside (0, 1), so that both logarithms are finite", () => {
  for (const value of values(unit)) {
    expect(Number.isFinite(Math.log(value))).toBe(true);
    expect(Number.isFinite(Math.log1p(-value))).toBe(true);
  }
  expect(values(unit)[raw.indexOf(0)]).toBeCloseTo(0.5, 6);
});
