/**
 * Matrix products, after Goto and van de Geijn, "Anatomy of high-performance
 * matrix multiplication" (2008): a panel of eight columns of the right factor
 * is packed and stays in the first cache, and tiles of 6 x 8 sums are kept in
 * the sixteen vector registers that WebAssembly has on x86.
 *
 * @module
 */

import { packColumns, packRows, packTransposedColumns } from "./pack";
import { COLUMNS, copyTile, fillTile, ROWS, sumTile } from "./tile";

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
      fillTile(tile, bias == 0 ? 0 : bias + <usize> j * FLOAT, width);
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
