/**
 * Options of priors that several plugins have.
 *
 * @module
 */

import { v } from "../core/mod.ts";

/** An option that is any number, `fallback` where it is left out. */
export function finiteNumber(description: string, fallback: number) {
  return v.optional(
    v.pipe(v.number(), v.finite(), v.description(description)),
    fallback,
  );
}

/** An option that is a number above 0, `fallback` where it is left out. */
export function positiveNumber(description: string, fallback: number) {
  return v.optional(
    v.pipe(v.number(), v.finite(), v.gtValue(0), v.description(description)),
    fallback,
  );
}

/** An option that is a whole number above 0, `fallback` where it is left out. */
export function count(description: string, fallback: number) {
  return v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.description(description),
    ),
    fallback,
  );
}
