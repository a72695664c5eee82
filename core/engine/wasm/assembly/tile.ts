/**
 * A tile of a matrix product: 6 x 8 sums, which are kept in the sixteen vector
 * registers that WebAssembly has on x86.
 *
 * @module
 */

import { multiplyAdd } from "./multiply_add";

/** Rows of a tile. */
export const ROWS: i32 = 6;
/** Columns of a tile. */
export const COLUMNS: i32 = 8;
const FLOAT: usize = 4;

/**
 * One tile: six rows of `a`, `across` bytes apart, times a packed panel of `b`.
 * Rows beyond `last` are read as row `last`; their sums mean nothing.
 */
export function sumTile(
  a: usize,
  across: usize,
  along: usize,
  last: i32,
  b: usize,
  k: i32,
  start0: v128,
  start1: v128,
  c: usize,
  stride: usize,
): void {
  let a0 = a;
  let a1 = a + across * <usize> min(1, last);
  let a2 = a + across * <usize> min(2, last);
  let a3 = a + across * <usize> min(3, last);
  let a4 = a + across * <usize> min(4, last);
  let a5 = a + across * <usize> min(5, last);
  let c00 = start0, c01 = start1;
  let c10 = start0, c11 = start1;
  let c20 = start0, c21 = start1;
  let c30 = start0, c31 = start1;
  let c40 = start0, c41 = start1;
  let c50 = start0, c51 = start1;
  const end = b + <usize> (k * COLUMNS) * FLOAT;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    c00 = multiplyAdd(x, b0, c00);
    c01 = multiplyAdd(x, b1, c01);
    x = v128.load32_splat(a1);
    c10 = multiplyAdd(x, b0, c10);
    c11 = multiplyAdd(x, b1, c11);
    x = v128.load32_splat(a2);
    c20 = multiplyAdd(x, b0, c20);
    c21 = multiplyAdd(x, b1, c21);
    x = v128.load32_splat(a3);
    c30 = multiplyAdd(x, b0, c30);
    c31 = multiplyAdd(x, b1, c31);
    x = v128.load32_splat(a4);
    c40 = multiplyAdd(x, b0, c40);
    c41 = multiplyAdd(x, b1, c41);
    x = v128.load32_splat(a5);
    c50 = multiplyAdd(x, b0, c50);
    c51 = multiplyAdd(x, b1, c51);
    a0 += along;
    a1 += along;
    a2 += along;
    a3 += along;
    a4 += along;
    a5 += along;
    b += <usize> COLUMNS * FLOAT;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += stride;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += stride;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += stride;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += stride;
  v128.store(c, c40);
  v128.store(c, c41, 16);
  c += stride;
  v128.store(c, c50);
  v128.store(c, c51, 16);
}

/** The first row of a tile: the bias, or zeros. */
export function fillTile(tile: usize, bias: usize, width: i32): void {
  v128.store(tile, f32x4.splat(0));
  v128.store(tile, f32x4.splat(0), 16);
  if (bias != 0) memory.copy(tile, bias, <usize> width * FLOAT);
}

/** The part of a tile that belongs to the result. */
export function copyTile(
  tile: usize,
  c: usize,
  height: i32,
  width: i32,
  n: i32,
): void {
  for (let i = 0; i < height; i++) {
    memory.copy(c, tile, <usize> width * FLOAT);
    tile += <usize> COLUMNS * FLOAT;
    c += <usize> n * FLOAT;
  }
}
