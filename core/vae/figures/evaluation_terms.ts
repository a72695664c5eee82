/**
 * What is worked out of the terms that the stage `evaluate` gives.
 *
 * @module
 */

import type { Estimate } from "../model/artifacts.ts";
import type { Evaluation } from "../stages/_evaluate/evaluation.ts";
import type { Measured } from "./figure.ts";

/** ELBO of each test image, nats. */
export function elboTerms(evaluation: Evaluation | null): Float64Array | null {
  const terms = evaluation?.terms;
  if (terms === undefined) return null;
  const { reconstruction, kl } = terms;
  return Float64Array.from(reconstruction, (value, i) => -value - kl[i]!);
}

/**
 * Bits for each of the `P` values of an image: nats / (P ln 2), as codes of grey
 * levels are measured. Null of other pixels.
 */
export function inBits(
  { evaluation }: Measured,
  nats: Estimate | null | undefined,
  sign: 1 | -1,
): Estimate | null {
  if (!evaluation || !nats || evaluation.pixels !== "bytes") return null;
  const bits = bitsOf(evaluation);
  return {
    mean: sign * nats.mean * bits,
    standardError: nats.standardError * bits,
  };
}

/** The same of what a figure is the mean of. */
export function termsInBits(
  evaluation: Evaluation | null,
  nats: ArrayLike<number> | null | undefined,
  sign: 1 | -1,
): ArrayLike<number> | null {
  if (!evaluation || !nats || evaluation.pixels !== "bytes") return null;
  const bits = sign * bitsOf(evaluation);
  return Float64Array.from(nats, (value) => value * bits);
}

/** Bits a dimension of one nat. */
function bitsOf({ inputSize }: Evaluation): number {
  return 1 / (inputSize * Math.LN2);
}
