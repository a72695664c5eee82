/**
 * What is said of figures of the stage `evaluate`: the caption of their table,
 * and the NLL by draws.
 *
 * @module
 */

import { formatCount } from "../../lib/count.ts";
import type { Detail, Measured } from "./figure.ts";

/** What stands above the table of these trials. */
export function caption(trials: readonly Measured[]): string {
  const evaluations = trials.flatMap(({ evaluation }) => evaluation ?? []);
  const [first] = evaluations;
  if (first === undefined) return "No trial has been evaluated.";
  const kind = first.pixels === "binary" ? first.binarization : first.pixels;
  const images = distinct(evaluations.map(({ images }) => images));
  const estimates = evaluations.flatMap(({ nll }) => nll ?? []);
  const samples = distinct(estimates.map(({ samples }) => samples));
  const nllImages = distinct(estimates.map(({ images }) => images));
  const nll = estimates.length === 0
    ? "no NLL"
    : `NLL with K = ${samples} importance ${
      samples === "1" ? "sample" : "samples"
    } on ${nllImages === images ? "all" : nllImages} of them`;
  return `Means in nats per image on ${images} test ${
    images === "1" ? "image" : "images"
  }; ${PIXELS[kind]}; ${nll}.`;
}

/** The NLL with fewer draws: how far the bound has tightened. */
export function sweep(trials: readonly Measured[]): Detail | null {
  const sizes = new Set(
    trials.flatMap(({ evaluation }) => evaluation?.nll?.sweep ?? [])
      .map(({ samples }) => samples),
  );
  if (sizes.size < 2) return null;
  return {
    caption:
      "NLL in nats by the number K of importance samples, from the same draws: an upper bound that tightens as K grows. K = 1 is the negative ELBO. The effective sample size says how many of the K draws count; the error by draws is that of the NLL, were others drawn for the same images.",
    label: "Table of the NLL by importance samples",
    columns: [
      ...[...sizes].sort((a, b) => a - b).map((size) => ({
        name: `K = ${formatCount(size)}`,
        read: ({ evaluation }: Measured) =>
          evaluation?.nll?.sweep.find(({ samples }) => samples === size),
      })),
      {
        name: "Effective size",
        decimals: 1,
        read: ({ evaluation }) => evaluation?.nll?.effectiveSampleSize,
      },
      {
        name: "Error by draws",
        decimals: 3,
        read: ({ evaluation }) => evaluation?.nll?.samplingError,
      },
    ],
  };
}

function distinct(values: readonly number[]): string {
  return [...new Set(values)].map(formatCount).join(" or ");
}

/** Which pixels these are figures of, for captions. */
const PIXELS: Readonly<Record<string, string>> = {
  dynamic: "pixels drawn from their grey levels (dynamic binarisation)",
  threshold: "pixels cut at one half (threshold)",
  grey: "grey pixels, which is not a likelihood",
  unit:
    "pixels as numbers from 0 to 1, so these are logarithms of a density, which has no bound, and the ELBO may be positive",
  bytes: "pixels as 256 grey levels",
};
