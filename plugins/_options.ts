/**
 * Options of priors that several plugins have. Each has limits: within them the
 * prior passes all checks, and beyond them single precision follows it no more.
 *
 * @module
 */

import { v } from "../core/mod.ts";

/** Least and most that an option may be. */
export type Limits = readonly [least: number, most: number];

/** Of locations. */
const ANYWHERE: Limits = [-100, 100];
/** Of scales. */
const ANY_SIZE: Limits = [0.01, 100];
/** Of concentrations and rates, whose logarithms matter. */
export const CONCENTRATIONS: Limits = [1e-3, 1e3];

/** An option that is any number, `fallback` where it is left out. */
export function finiteNumber(
  description: string,
  fallback: number,
  limits: Limits = ANYWHERE,
) {
  return numberWithin(description, fallback, limits);
}

/** An option that is a number above 0, `fallback` where it is left out. */
export function positiveNumber(
  description: string,
  fallback: number,
  limits: Limits = ANY_SIZE,
) {
  return numberWithin(description, fallback, limits);
}

/** An option that is a whole number from 1 to `most`, `fallback` where it is left out. */
export function count(description: string, fallback: number, most: number) {
  return v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(most),
      v.description(description),
    ),
    fallback,
  );
}

function numberWithin(
  description: string,
  fallback: number,
  [least, most]: Limits,
) {
  return v.optional(
    v.pipe(
      v.number(),
      v.minValue(least),
      v.maxValue(most),
      v.description(description),
    ),
    fallback,
  );
}
