/**
 * All values that a pixel may have, each with what it counts in a sum or an
 * integral.
 *
 * @module
 */

import { uniformStream } from "../../../engine/random.ts";
import type { Likelihood } from "../../plugin/likelihood.ts";

/** Values in their order. */
export interface PixelValues {
  /** As single precision has them. */
  readonly values: Float32Array;
  /** 1 of each value that has a mass; of a density the node's share of the line. */
  readonly weights: Float64Array;
  /** Which share of what is at a value counts as up to it: of a part of the line the half. */
  readonly upTo: 0.5 | 1;
}

/** Nodes of an integral. */
const NODES = 20_000;

/** Those of a likelihood's form. */
export function pixelValues(
  { pixels, support }: Pick<Likelihood, "pixels" | "support">,
): PixelValues {
  if (pixels !== "unit") {
    const last = pixels === "binary" ? 1 : 255;
    const values = Float32Array.from({ length: last + 1 }, (_, k) => k / last);
    return { values, weights: new Float64Array(last + 1).fill(1), upTo: 1 };
  }
  // The trapezoid rule where x = 1 / (1 + e^-t) or x = 1/2 + sinh(t) / 20.
  return support?.lower === -Infinity
    ? nodes(9, (t) => [0.5 + Math.sinh(t) / 20, Math.cosh(t) / 20])
    : nodes(14, (t) => {
      const x = 1 / (1 + Math.exp(-t));
      return [x, x / (1 + Math.exp(t))];
    });
}

/** Images `[count, P]`, row by row, of a likelihood's form: its ends and what lies between. */
export function someImages(
  { pixels }: Pick<Likelihood, "pixels">,
  { count, seed }: { readonly count: number; readonly seed: number },
): Float32Array {
  const uniform = uniformStream(seed, 7);
  const steps = pixels === "binary" ? 1 : 255;
  return Float32Array.from({ length: count }, (_, i) => {
    const level = i % 5 === 0 ? 0 : i % 5 === 1 ? 1 : uniform();
    return Math.round(level * steps) / steps;
  });
}

/** The first value that is none of a likelihood's form, if any. */
export function strayValue(
  { pixels, support }: Pick<Likelihood, "pixels" | "support">,
  values: Float32Array,
): number | undefined {
  const isLine = support?.lower === -Infinity;
  const steps = pixels === "binary" ? 1 : 255;
  return values.find((x) =>
    !Number.isFinite(x) ||
    (pixels === "unit"
      ? !isLine && (x < 0 || x > 1)
      : x < 0 || x > 1 || Math.fround(Math.round(x * steps) / steps) !== x)
  );
}

function nodes(
  reach: number,
  at: (t: number) => readonly [value: number, slope: number],
): PixelValues {
  const step = 2 * reach / (NODES - 1);
  const found = Array.from({ length: NODES }, (_, i) => at(i * step - reach));
  return {
    values: Float32Array.from(found, ([value]) => value),
    weights: Float64Array.from(found, ([, slope]) => slope * step),
    upTo: 0.5,
  };
}
