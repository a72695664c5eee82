/**
 * Functions of a latent vector whose expectations are compared: z and z^2,
 * squashed so that every posterior has these moments. They are smooth, and 0
 * outside of where nearly all draws lie, so that neither heavy tails nor the
 * ends of the support, where single precision piles draws up, have a say.
 *
 * @module
 */

import {
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
} from "../../engine/tf.ts";
import {
  type IntervalSupport,
  real,
  type Support,
  unitInterval,
} from "../plugin/support.ts";
import { trusted } from "./line.ts";
import { quantile } from "./statistics.ts";
import { type Matrix, matrixOf, toTensor } from "./tensors.ts";

/** Functions of latents `[B, S]`, `[B]` each, by name. */
export type TestFunctions = Readonly<
  Record<"odd" | "even", (latent: Tensor2D) => Tensor1D>
>;

/** The functions that suit `draws`. */
export function testFunctions(support: Support, draws: Matrix): TestFunctions {
  const windows = windowsOf(support, draws);
  const centre = windows.map(({ from, to }) => (from + to) / 2);
  const radius = windows.map(({ from, to }) => (to - from) / 2);
  // Coordinates count differently, so that two that are confused show.
  const weights = windows.map((_, i) => 1 / (1 + i / 2));
  const position = (latent: Tensor2D) =>
    tf.clipByValue(
      tf.div(tf.sub(spread(support, latent), centre), radius),
      -1,
      1,
    );
  const bump = (u: Tensor) => tf.square(tf.sub(1, tf.square(u)));
  const sum = (terms: Tensor) => tf.sum(tf.mul(terms, weights), 1) as Tensor1D;
  return {
    odd: (latent) => {
      const u = position(latent);
      return sum(tf.mul(u, bump(u)));
    },
    even: (latent) => sum(bump(position(latent))),
  };
}

/** Whether all numbers of a latent vector lie where single precision can be trusted. */
export function isTrusted(support: Support, latent: Float32Array): boolean {
  const { least, most } = trusted(boundsOf(support));
  return latent.every((z) => z >= least && z <= most);
}

/** Each coordinate's bounds; those of circles and spheres are nothing to keep away from. */
function boundsOf(support: Support): IntervalSupport {
  switch (support.kind) {
    case "interval":
      return support;
    case "simplex":
      return unitInterval;
    case "sphere":
    case "circle":
      return real;
  }
}

/** Coordinates by the logarithms of their distances from the bounds. */
function spread(support: Support, latent: Tensor2D): Tensor2D {
  const { lower, upper } = boundsOf(support);
  const { least, most } = trusted({ lower, upper });
  const inside = tf.clipByValue(
    latent,
    Math.max(least, -LARGEST),
    Math.min(most, LARGEST),
  );
  const below = Number.isFinite(lower)
    ? tf.log(tf.sub(inside, lower))
    : undefined;
  const above = Number.isFinite(upper)
    ? tf.neg(tf.log(tf.sub(upper, inside)))
    : undefined;
  if (below !== undefined && above !== undefined) return tf.add(below, above);
  return (below ?? above ?? inside) as Tensor2D;
}

/** Of single precision. */
const LARGEST = 3e38;

interface Window {
  readonly from: number;
  readonly to: number;
}

function windowsOf(support: Support, draws: Matrix): readonly Window[] {
  const { values, columns } = matrixOf(() => spread(support, toTensor(draws)));
  return Array.from({ length: columns }, (_, column) => {
    const sorted = Float64Array.from(
      values.filter((_, i) => i % columns === column),
    ).sort();
    const [from, to] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
    // Draws that are all the same still need a window.
    return to > from ? { from, to } : { from: from - 1, to: from + 1 };
  });
}
