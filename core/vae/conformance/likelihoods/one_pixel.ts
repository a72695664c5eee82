/**
 * The distribution of one pixel, from its log-probabilities at all values.
 *
 * @module
 */

import { tf } from "../../../engine/tf.ts";
import { repeatRow, toTensor, valuesOf } from "../tensors.ts";
import { type PixelValues, pixelValues } from "./pixel_values.ts";
import type { PixelInstance } from "./subject.ts";

/** A distribution on the values of a pixel. */
export interface PixelLaw extends Pick<PixelValues, "values" | "upTo"> {
  /** Mass of each value, or of the part of the line around it. */
  readonly masses: Float64Array;
  /** Of all masses: 1 where the likelihood is one. */
  readonly total: number;
  readonly mean: number;
}

/** The law of images of one pixel at one row of raw parameters. */
export function pixelLaw(
  instance: PixelInstance,
  row: readonly number[],
): PixelLaw {
  const { values, weights, upTo } = pixelValues(instance.likelihood);
  const logs = valuesOf(() =>
    instance.logProb(
      toTensor(repeatRow(row, values.length)),
      tf.tensor2d(values, [values.length, 1]),
    )
  );
  const masses = weights.map((weight, i) => weight * Math.exp(logs[i]!));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const moment = masses.reduce((sum, mass, i) => sum + mass * values[i]!, 0);
  return { values, upTo, masses, total, mean: moment / total };
}

/** Greatest distance of the distribution function of draws from that of `law`. */
export function distanceFrom(
  { values, upTo, masses, total }: PixelLaw,
  draws: Float32Array,
): number {
  const sorted = Float64Array.from(draws).toSorted();
  let [below, drawn, greatest] = [0, 0, 0];
  values.forEach((value, i) => {
    while (drawn < sorted.length && sorted[drawn]! <= value + ROUNDING) drawn++;
    greatest = Math.max(
      greatest,
      Math.abs(drawn / sorted.length - (below + upTo * masses[i]!) / total),
    );
    below += masses[i]!;
  });
  return greatest;
}

/** A value drawn may be one of the list but for its last digit. */
const ROUNDING = 1e-6;

/** `raw logits=0.5`: parameters of one pixel in words. */
export function describePixel(
  { likelihood: { parameters } }: PixelInstance,
  row: readonly number[],
): string {
  return `raw ${
    parameters.map((name, i) => `${name}=${Number(row[i]!.toPrecision(3))}`)
      .join(", ")
  }`;
}
