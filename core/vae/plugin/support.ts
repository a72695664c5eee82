/**
 * Where a latent vector lives; the report draws traversals within it and the
 * conformance kit checks samples against it.
 *
 * @module
 */

/** Each coordinate by itself, between two bounds, which may be infinite. */
export interface IntervalSupport {
  readonly kind: "interval";
  readonly lower: number;
  readonly upper: number;
}

/** All coordinates together; {@link simplex}, {@link sphere} and {@link circle} tell which is which. */
export interface JointSupport {
  readonly kind: "simplex" | "sphere" | "circle";
}

/** Where a latent vector lives. */
export type Support = IntervalSupport | JointSupport;

/** The interval from `lower` to `upper`, in each coordinate. */
export function interval(lower: number, upper: number): IntervalSupport {
  return { kind: "interval", lower, upper };
}

/** The whole real line. */
export const real: IntervalSupport = interval(-Infinity, Infinity);
/** The positive half line. */
export const positiveReal: IntervalSupport = interval(0, Infinity);
/** The interval from 0 to 1. */
export const unitInterval: IntervalSupport = interval(0, 1);
/** `S` coordinates above 0 that sum to 1; `D = S - 1` of them are free. */
export const simplex: JointSupport = { kind: "simplex" };
/** Unit vectors of `S` coordinates; the sphere has `D = S - 1` dimensions. */
export const sphere: JointSupport = { kind: "sphere" };
/**
 * `D` angles, each as the pair (cos, sin), for a decoder wants its input
 * continuous: `S = 2 D`, and coordinates `2 i` and `2 i + 1` are a unit vector.
 */
export const circle: JointSupport = { kind: "circle" };
