import { expect, test } from "vitest";
import { fromAxes } from "../../../core/vae/latent/axes.ts";
import { quantile } from "../../../core/vae/latent/quantiles.ts";
import { decodeVector } from "../../../core/vae/latent/dense_decoder.ts";
import { unpackModel } from "../../../core/report/explorer/explored_model.ts";
import {
  packedSize,
  packingError,
  packModel,
} from "../../../core/report/explorer/pack_model.ts";
import { fakeExploration } from "../fake_exploration.ts";

test("a packed model draws what the exact one does, within the stated error", () => {
  const exploration = fakeExploration({ axes: 4, hidden: 20 });
  const { decoder, quantiles, order } = exploration;
  const packed = packModel("Mine", exploration);
  const error = packingError(packed, exploration);
  expect(error).toBeGreaterThan(0);
  expect(error).toBeLessThan(1e-3);
  const levels = [0.2, 0.8, 0.4, 0.6];
  const axes = new Float64Array(4);
  order.forEach((axis, rank) => {
    axes[axis] = quantile(quantiles, axis, levels[rank]!);
  });
  const exact = decodeVector(decoder, fromAxes(quantiles.geometry, axes));
  const shown = unpackModel(packed).imageAt(levels);
  exact.forEach((value, i) =>
    expect(Math.abs(value - shown[i]!)).toBeLessThan(3 * error)
  );
});

test("a packed model leaves axes without a slider at their median", () => {
  const model = unpackModel(packModel("Mine", fakeExploration({ axes: 3 })));
  expect(model.imageAt([0.3])).toEqual(model.imageAt([0.3, 0.5, 0.5]));
  expect(model.valueAt(0, 0.5)).toMatchObject({ letter: "z", axis: 2 });
});

test("packedSize() is about what a model takes in the page", () => {
  const exploration = fakeExploration({ hidden: 50 });
  const text = JSON.stringify(packModel("Mine", exploration)).length;
  expect(packedSize(exploration) / text).toBeGreaterThan(0.95);
  expect(packedSize(exploration) / text).toBeLessThan(1.05);
});

test("decodeVector() rectifies between layers and ends in probabilities", () => {
  const layers = [
    { kernel: Float32Array.of(1, -1), bias: Float32Array.of(0, 0) },
    { kernel: Float32Array.of(2, 100), bias: Float32Array.of(-4) },
  ];
  // 2 * 1 - 4 = -2; the second unit is cut off.
  expect(decodeVector(layers, [1])[0]).toBeCloseTo(1 / (1 + Math.exp(2)), 6);
});
