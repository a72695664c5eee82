/** The Bernoulli likelihood from logits, and its gradient, a pass each. @module */

import { logOnePlus, negativeExponential } from "./exponential";

/**
 * `sum_j softplus(l_j) - l_j x_j` of each row, summed in double.
 *
 * @param logits `[rows, columns]`
 * @param target `[rows, columns]`
 * @param loss `[rows]`
 */
export function bernoulliLoss(
  logits: usize,
  target: usize,
  loss: usize,
  rows: i32,
  columns: i32,
): void {
  const width = <usize> columns * 4;
  const vectors = width & ~15;
  for (let i = 0; i < rows; i++) {
    let low = f64x2.splat(0), high = f64x2.splat(0);
    let at: usize = 0;
    for (; at < vectors; at += 16) {
      const terms = lossTerms(v128.load(logits + at), v128.load(target + at));
      low = f64x2.add(low, f64x2.promote_low_f32x4(terms));
      const upper = v128.shuffle<f32>(terms, terms, 2, 3, 2, 3);
      high = f64x2.add(high, f64x2.promote_low_f32x4(upper));
    }
    const both = f64x2.add(low, high);
    let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
    for (; at < width; at += 4) {
      sum += f32x4.extract_lane(
        lossTerms(
          v128.load32_splat(logits + at),
          v128.load32_splat(target + at),
        ),
        0,
      );
    }
    f32.store(loss, <f32> sum);
    loss += 4;
    logits += width;
    target += width;
  }
}

/**
 * `(sigmoid(l_ij) - x_ij) dy_i`.
 *
 * @param dy `[rows]`
 * @param gradient `[rows, columns]`
 */
export function bernoulliGradient(
  logits: usize,
  target: usize,
  dy: usize,
  gradient: usize,
  rows: i32,
  columns: i32,
): void {
  const width = <usize> columns * 4;
  const vectors = width & ~15;
  for (let i = 0; i < rows; i++) {
    const scale = v128.load32_splat(dy);
    let at: usize = 0;
    for (; at < vectors; at += 16) {
      const error = f32x4.sub(
        sigmoid(v128.load(logits + at)),
        v128.load(target + at),
      );
      v128.store(gradient + at, f32x4.mul(error, scale));
    }
    for (; at < width; at += 4) {
      const error = f32x4.sub(
        sigmoid(v128.load32_splat(logits + at)),
        v128.load32_splat(target + at),
      );
      v128.store32_lane(gradient + at, f32x4.mul(error, scale), 0);
    }
    dy += 4;
    logits += width;
    target += width;
    gradient += width;
  }
}

/** softplus(l) - l x, from max(l, 0) + log(1 + exp(-|l|)). */

function lossTerms(l: v128, x: v128): v128 {
  const softplus = f32x4.add(
    f32x4.max(l, f32x4.splat(0)),
    logOnePlus(negativeExponential(f32x4.abs(l))),
  );
  return f32x4.sub(softplus, f32x4.mul(l, x));
}

function sigmoid(l: v128): v128 {
  const e = negativeExponential(f32x4.abs(l));
  const negative = f32x4.lt(l, f32x4.splat(0));
  const numerator = v128.bitselect(e, f32x4.splat(1), negative);
  return f32x4.div(numerator, f32x4.add(e, f32x4.splat(1)));
}
