/**
 * Matrix products, after Goto and van de Geijn, "Anatomy of high-performance
 * matrix multiplication" (2008): a panel of eight columns of the right factor
 * is packed and stays in the first cache, and tiles of 6 x 8 sums are kept in
 * the sixteen vector registers that WebAssembly has on x86.
 *
 * @module
 */

import { multiplyAdd } from "./multiply_add";
import { packColumns, packRows, packTransposedColumns } from "./pack";

/** Rows and columns of a tile. */
const ROWS: i32 = 6;
const COLUMNS: i32 = 8;
const FLOAT: usize = 4;

/** Panels that a thread takes on at a time: a cache line of a result's row. */
const TAKEN: i32 = 2;
/** Bytes before the scratch of a share: the number of panels taken so far. */
const HEADER: usize = 16;

/** Floats of scratch that {@link matMul} needs, or each of several threads. */
export function scratchFloats(m: i32, k: i32, transposeA: bool): i32 {
  const tile = ROWS * COLUMNS;
  const panel = COLUMNS * k;
  const rows = transposeA ? (m + ROWS - 1) / ROWS * ROWS * k : 0;
  return <i32> (HEADER / FLOAT) + tile + panel + rows;
}

/**
 * `c = a b + bias`, row by row.
 *
 * @param a `[m, k]`, or `[k, m]` where it is transposed
 * @param b `[k, n]`, or `[n, k]` where it is transposed
 * @param bias `[n]`, or 0 for none
 */
export function matMul(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  transposeA: bool,
  transposeB: bool,
  bias: usize,
  scratch: usize,
): void {
  i32.store(scratch, 0);
  matMulShare(
    a,
    b,
    c,
    m,
    n,
    k,
    transposeA,
    transposeB,
    bias,
    scratch,
    scratch,
  );
}

/**
 * A thread's share of {@link matMul}: panels that no other thread has taken,
 * until there are none. Whoever does a panel, its sums are the same.
 *
 * @param scratch of this thread alone
 * @param taken where the threads count the panels that are taken; 0 at first
 */
export function matMulShare(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  transposeA: bool,
  transposeB: bool,
  bias: usize,
  scratch: usize,
  taken: usize,
): void {
  const tile = scratch + HEADER;
  const panel = tile + <usize> (ROWS * COLUMNS) * FLOAT;
  const rows = panel + <usize> (COLUMNS * k) * FLOAT;
  if (transposeA) packRows(a, rows, m, k);
  const from = transposeA ? rows : a;
  const across = transposeA ? FLOAT : <usize> k * FLOAT;
  const along = transposeA ? <usize> ROWS * FLOAT : FLOAT;
  for (;;) {
    const first = atomic.add<i32>(taken, TAKEN) * COLUMNS;
    if (first >= n) return;
    const end = min(n, first + TAKEN * COLUMNS);
    for (let j = first; j < end; j += COLUMNS) {
      const width = min(COLUMNS, n - j);
      if (transposeB) {
        packTransposedColumns(b + <usize> (j * k) * FLOAT, panel, width, k);
      } else packColumns(b + <usize> j * FLOAT, panel, width, n, k);
      fill(tile, bias == 0 ? 0 : bias + <usize> j * FLOAT, width);
      const start0 = v128.load(tile);
      const start1 = v128.load(tile, 16);
      for (let i = 0; i < m; i += ROWS) {
        const height = min(ROWS, m - i);
        const whole = height == ROWS && width == COLUMNS;
        const target = c + <usize> (i * n + j) * FLOAT;
        sumTile(
          from + <usize> (i * k) * FLOAT,
          across,
          along,
          transposeA ? ROWS - 1 : height - 1,
          panel,
          k,
          start0,
          start1,
          whole ? target : tile,
          <usize> (whole ? n : COLUMNS) * FLOAT,
        );
        if (!whole) copyTile(tile, target, height, width, n);
      }
    }
  }
}

/**
 * One tile: six rows of `a`, `across` bytes apart, times a packed panel of `b`.
 * Rows beyond `last` are read as row `last`; their sums mean nothing.
 */
function sumTile(
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
function fill(tile: usize, bias: usize, width: i32): void {
  v128.store(tile, f32x4.splat(0));
  v128.store(tile, f32x4.splat(0), 16);
  if (bias != 0) memory.copy(tile, bias, <usize> width * FLOAT);
}

function copyTile(
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
