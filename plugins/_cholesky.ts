/**
 * Cholesky factors L of covariances, lower triangular with a positive diagonal,
 * packed into rows of D (D + 1) / 2 numbers that a layer can give: the diagonal,
 * and what stands below it in units of its row's diagonal entry / sqrt(D).
 *
 * The unit is what keeps L well-conditioned. L^-1 of entries of one size, with
 * a diagonal that training makes small, grows exponentially with D, and a
 * density by it loses all digits of single precision (Viswanath and Trefethen
 * 1998, "Condition numbers of random triangular matrices").
 *
 * @module
 */

import {
  type Parameter,
  softplus,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
} from "../core/mod.ts";

/** What can be done with packed factors `[B, D (D + 1) / 2]`. */
export interface Cholesky {
  /** The factors as a parameter, their diagonal above `floor`. */
  parameter(floor: number): Parameter;
  /** L x of `x` `[B, D]`. Returns `[B, D]`. */
  multiply(packed: Tensor2D, x: Tensor2D): Tensor2D;
  /** L^-1 y of `y` `[B, D]`, by forward substitution. Returns `[B, D]`. */
  solve(packed: Tensor2D, y: Tensor2D): Tensor2D;
  /** The diagonal of L. Returns `[B, D]`. */
  diagonal(packed: Tensor2D): Tensor2D;
  /** Sum of the squares below the diagonal. Returns `[B]`. */
  squaresBelow(packed: Tensor2D): Tensor1D;
}

/** Cholesky factors of `size` rows. */
export function cholesky(size: number): Cholesky {
  const places = Array.from({ length: size * (size + 1) / 2 }, (_, i) => i);
  const rows = places.slice(0, size);
  // Row by row, as `unpack` has them.
  const square = [...places.slice(size), ...places.toReversed()];
  const diagonal = rows.map((i) => square[i * size + i]!);
  const isDiagonal = places.map((place) => Number(diagonal.includes(place)));
  const pick = (onDiagonal: Tensor, below: Tensor) =>
    tf.where(tf.greater(isDiagonal, 0), onDiagonal, below) as Tensor2D;
  const entries = (
    packed: Tensor2D,
    wanted: (i: number, j: number) => boolean,
  ) =>
    tf.mul(
      unpack(packed, size),
      rows.map((i) => rows.map((j) => Number(wanted(i, j)))),
    );
  const diagonalOf = (packed: Tensor2D) =>
    tf.sum(entries(packed, (i, j) => i === j), 2) as Tensor2D;
  const below = (packed: Tensor2D) =>
    tf.mul(
      entries(packed, (i, j) => j < i),
      tf.expandDims(tf.div(diagonalOf(packed), Math.sqrt(size)), 2),
    );
  const lower = (packed: Tensor2D) =>
    tf.add(below(packed), entries(packed, (i, j) => i === j));
  return {
    parameter: (floor) => ({
      units: places.length,
      constrain: (raw) => pick(softplus(raw, floor), raw),
    }),
    multiply: (packed, x) =>
      tf.sum(tf.mul(lower(packed), tf.expandDims(x, 1)), 2),
    solve: (packed, y) => substitute(lower(packed), y),
    diagonal: diagonalOf,
    squaresBelow: (packed) => tf.sum(tf.square(below(packed)), [1, 2]),
  };
}

/**
 * `[B, D (D + 1) / 2]` to `[B, D, D]`: the last D (D - 1) / 2 numbers and then,
 * back to front, all of them are D rows whose lower triangle has each number
 * once. Above it they come a second time.
 */
function unpack(packed: Tensor2D, size: number): Tensor {
  const [batch, units] = packed.shape;
  const all = tf.reverse(packed, 1);
  // No tensor without numbers: wasm's kernels fail on those.
  const square = size === 1
    ? all
    : tf.concat([tf.slice(packed, [0, size], [batch, units - size]), all], 1);
  return tf.reshape(square, [batch, size, size]);
}

/** L^-1 y, row by row. */
function substitute(matrix: Tensor, y: Tensor2D): Tensor2D {
  const [batch, size] = y.shape;
  const row = (i: number, from: number, count: number) =>
    tf.reshape(tf.slice(matrix, [0, i, from], [batch, 1, count]), [
      batch,
      count,
    ]);
  const column = (i: number) => tf.slice(y, [0, i], [batch, 1]);
  let x = tf.div(column(0), row(0, 0, 1)) as Tensor2D;
  for (let i = 1; i < size; i++) {
    const known = tf.sum(tf.mul(row(i, 0, i), x), 1, true);
    const next = tf.div(tf.sub(column(i), known), row(i, i, 1)) as Tensor2D;
    x = tf.concat([x, next], 1);
  }
  return x;
}
