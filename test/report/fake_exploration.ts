/** A made-up exploration of a small decoder, for tests of the report. @module */

import type { DenseExploration } from "../../core/report/explorer/pack_model.ts";
import { quantilesOf } from "../../core/vae/latent/quantiles.ts";
import { real } from "../../core/vae/plugin/support.ts";
import { fakeImages } from "../picture/fake_images.ts";

/** What to make. */
export interface FakeExplorationOptions {
  /** Seed of the weights. */
  readonly seed?: number;
  /** Number of axes. Default 3. */
  readonly axes?: number;
  /** Units of the hidden layer. Default 6. */
  readonly hidden?: number;
  readonly dependent?: boolean;
}

/** Makes an exploration whose arrays fit each other. */
export function fakeExploration(
  options: FakeExplorationOptions = {},
): DenseExploration {
  const { seed = 1, axes = 3, hidden = 6, dependent = false } = options;
  let drawn = 1000 * seed;
  // No randomness to speak of, but quick: there are millions of weights.
  const numbers = (count: number, scale: number) =>
    Float32Array.from(
      { length: count },
      () => scale * Math.sin(drawn * drawn++),
    );
  const geometry = { kind: "interval", width: axes } as const;
  const order = Array.from({ length: axes }, (_, i) => axes - 1 - i);
  const images = (count: number) => fakeImages(count, { seed });
  const bins = 6;
  return {
    support: real,
    quantiles: quantilesOf(
      geometry,
      Array.from({ length: 500 }, () => Float64Array.from(numbers(axes, 2))),
    ),
    activity: order.map((_, i) => i / axes),
    order,
    dependence: { correlation: dependent ? 0.43 : 0.01, dependent },
    decoder: [
      { kernel: numbers(axes * hidden, 1), bias: numbers(hidden, 0.5) },
      { kernel: numbers(hidden * 784, 3), bias: numbers(784, 0.5) },
    ],
    samples: images(36),
    traversals: {
      images: images(axes * 3),
      axes: order,
      levels: [0.02, 0.5, 0.98],
    },
    interpolations: { images: images(10), pairs: 2, path: "straight lines" },
    manifold: axes === 2 ? { images: images(16), side: 4 } : null,
    marginals: {
      axes: order,
      bins,
      ranges: Float32Array.from(order.flatMap(() => [-2, 2])),
      posterior: numbers(axes * bins, 0.5).map(Math.abs),
      prior: new Float32Array(axes * bins).fill(0.25),
      exact: true,
    },
    means: {
      points: numbers(40, 2),
      labels: Uint8Array.from({ length: 20 }, (_, i) => i % 3),
      directions: axes === 2 ? ["z₁", "z₂"] : ["First", "Second"],
      explained: axes === 2 ? null : [0.3, 0.2],
    },
  };
}
