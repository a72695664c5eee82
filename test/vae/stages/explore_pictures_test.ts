import { expect, test } from "vitest";
import { uniformStream } from "../../../core/engine/random.ts";
import { toAxes } from "../../../core/vae/latent/axes.ts";
import { levelOf, quantilesOf } from "../../../core/vae/latent/quantiles.ts";
import { real } from "../../../core/vae/plugin/support.ts";
import {
  labelledPairs,
  manifoldVectors,
  type OrderedSpace,
  traversalVectors,
  uniformVectors,
} from "../../../core/vae/stages/_explore/pictures.ts";

function space(
  order: readonly number[],
  of: (u: number) => number,
): OrderedSpace {
  const uniform = uniformStream(9, 0);
  const draws = Array.from(
    { length: 4000 },
    () => Float64Array.from(order, () => of(uniform())),
  );
  const geometry = { kind: "interval", width: order.length } as const;
  return { support: real, order, quantiles: quantilesOf(geometry, draws) };
}

/** Levels of a vector, the most active axis first. */
function ranks({ order, quantiles }: OrderedSpace, vector: Float64Array) {
  const axes = toAxes(quantiles.geometry, vector);
  return order.map((axis) => levelOf(quantiles, axis, axes[axis]!));
}

const LINEAR = space([1, 0, 2], (u) => 4 * u - 1);
const SQUARE = space([2, 1, 0], (u) => u * u);

test("uniformVectors() has equal levels under every prior, by rank of activity", () => {
  const streamOf = (axis: number) => uniformStream(7, axis);
  const linear = uniformVectors(LINEAR, streamOf);
  const square = uniformVectors(SQUARE, streamOf);
  expect(linear).toHaveLength(36);
  linear.forEach((vector, i) => {
    const wanted = ranks(LINEAR, vector);
    ranks(SQUARE, square[i]!).forEach((level, k) =>
      expect(level).toBeCloseTo(wanted[k]!, 4)
    );
  });
  const pair = space([0, 1], (u) => u);
  const fewer = uniformVectors(pair, streamOf);
  const [first, second] = ranks(LINEAR, linear[5]!);
  expect(ranks(pair, fewer[5]!)[0]).toBeCloseTo(first!, 4);
  expect(ranks(pair, fewer[5]!)[1]).toBeCloseTo(second!, 4);
});

test("traversalVectors() moves one axis at a time, the most active first", () => {
  const start = [0.3, 0.3, 0.3];
  const vectors = traversalVectors(LINEAR, start);
  expect(vectors).toHaveLength(3 * 11);
  LINEAR.order.forEach((axis, row) => {
    const moved = vectors.slice(11 * row, 11 * (row + 1));
    moved.forEach((vector) =>
      start.forEach((value, i) => {
        if (i !== axis) expect(vector[i]).toBe(value);
      })
    );
    expect(moved[0]![axis]).toBeCloseTo(4 * 0.02 - 1, 1);
    expect(moved.at(-1)![axis]).toBeCloseTo(4 * 0.98 - 1, 1);
  });
});

test("manifoldVectors() runs along the first axis, and up the second", () => {
  const square = space([1, 0], (u) => u);
  const vectors = manifoldVectors(square);
  expect(vectors).toHaveLength(400);
  expect(vectors[0]![0]).toBeCloseTo(0.025, 1);
  expect(vectors[0]![1]).toBeCloseTo(0.975, 1);
  expect(vectors[19]![0]).toBeCloseTo(0.975, 1);
  expect(vectors.at(-20)![1]).toBeCloseTo(0.025, 1);
});

test("labelledPairs() takes the first image of each label, two by two", () => {
  expect(labelledPairs(Uint8Array.of(7, 2, 7, 1, 2, 0, 4)))
    .toEqual([[0, 1], [3, 5]]);
  expect(labelledPairs(Uint8Array.of(3, 3, 3))).toEqual([[0, 2]]);
  expect(labelledPairs(Uint8Array.of(3))).toEqual([]);
});
