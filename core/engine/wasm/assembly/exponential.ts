/**
 * exp(-x) and log(1 + x) of four numbers, to about one unit in the last place.
 *
 * @module
 */

import { multiplyAdd } from "./multiply_add";

/** Beyond it exp(-x) is taken as 0: half of it would be no normal number. */
const LARGEST: f32 = 86.6;
/** log 2 in two parts; multiples of the first up to 127 are exact. */
const LOG2_HIGH: f32 = 0.693359375;
const LOG2_LOW: f32 = -2.12194440e-4;

/** exp(-x) for x >= 0, in normal numbers and 0; NaN of NaN. */

export function negativeExponential(x: v128): v128 {
  const tiny = f32x4.gt(x, f32x4.splat(LARGEST));
  const y = f32x4.neg(f32x4.pmin(x, f32x4.splat(LARGEST)));
  const n = f32x4.nearest(f32x4.mul(y, f32x4.splat(1.4426950408889634)));
  let r = f32x4.sub(y, f32x4.mul(n, f32x4.splat(LOG2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LOG2_LOW)));
  // The polynomial of Cephes' expf for |r| <= log(2) / 2.
  let p = f32x4.splat(1.9875691500e-4);
  p = multiplyAdd(p, r, f32x4.splat(1.3981999507e-3));
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3));
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2));
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1));
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1));
  p = multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  const power = i32x4.shl(
    i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)),
    23,
  );
  return v128.andnot(f32x4.mul(p, power), tiny);
}

/** log(1 + x) for 0 <= x <= 1: 2 atanh(s) with s = x / (2 + x) <= 1/3. */

export function logOnePlus(x: v128): v128 {
  const s = f32x4.div(x, f32x4.add(x, f32x4.splat(2)));
  // Far below one unit in the last place; it keeps q off the subnormal
  // numbers, with which processors are a hundred times slower.
  const t = f32x4.add(s, f32x4.splat(1e-15));
  const q = f32x4.mul(t, t);
  // atanh's series with its tail beyond q^6 folded into the last coefficient.
  let p = f32x4.splat(0.085);
  p = multiplyAdd(p, q, f32x4.splat(1.0 / 11.0));
  p = multiplyAdd(p, q, f32x4.splat(1.0 / 9.0));
  p = multiplyAdd(p, q, f32x4.splat(1.0 / 7.0));
  p = multiplyAdd(p, q, f32x4.splat(1.0 / 5.0));
  p = multiplyAdd(p, q, f32x4.splat(1.0 / 3.0));
  p = multiplyAdd(p, q, f32x4.splat(1));
  return f32x4.mul(f32x4.add(s, s), p);
}
