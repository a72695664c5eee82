/**
 * Where a latent coordinate lives; the report draws traversals within it and
 * the conformance kit checks samples against it.
 *
 * @module
 */

/** An interval of the real line a coordinate is drawn from; bounds may be infinite. */
export interface Support {
  readonly kind: "interval";
  readonly lower: number;
  readonly upper: number;
}

/** The interval from `lower` to `upper`. */
export function interval(lower: number, upper: number): Support {
  return { kind: "interval", lower, upper };
}

/** The whole real line. */
export const real: Support = interval(-Infinity, Infinity);
/** The positive half line. */
export const positiveReal: Support = interval(0, Infinity);
/** The interval from 0 to 1. */
export const unitInterval: Support = interval(0, 1);
