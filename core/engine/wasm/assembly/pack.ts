/**
 * Panels of a factor, laid out in the order in which a tile reads them.
 *
 * @module
 */

const ROWS: i32 = 6;
const COLUMNS: i32 = 8;
const FLOAT: usize = 4;

/** Transposed rows `[k, m]` as panels of six, `[m / 6, k, 6]`. */
export function packRows(a: usize, to: usize, m: i32, k: i32): void {
  const stride = <usize> m * FLOAT;
  for (let i = 0; i < m; i += ROWS) {
    let from = a + <usize> i * FLOAT;
    const height = min(ROWS, m - i);
    for (let p = 0; p < k; p++) {
      if (height == ROWS) {
        v128.store(to, v128.load(from));
        v128.store64_lane(to, v128.load64_zero(from, 16), 0, 16);
      } else {
        for (let lane = 0; lane < ROWS; lane++) {
          const at = <usize> lane * FLOAT;
          f32.store(to + at, lane < height ? f32.load(from + at) : 0);
        }
      }
      from += stride;
      to += <usize> ROWS * FLOAT;
    }
  }
}

/** Columns of `[k, n]` as a panel `[k, 8]`; columns beyond `width` are zero. */
export function packColumns(
  b: usize,
  to: usize,
  width: i32,
  n: i32,
  k: i32,
): void {
  const stride = <usize> n * FLOAT;
  for (let p = 0; p < k; p++) {
    if (width == COLUMNS) {
      v128.store(to, v128.load(b));
      v128.store(to, v128.load(b, 16), 16);
    } else {
      for (let lane = 0; lane < COLUMNS; lane++) {
        const at = <usize> lane * FLOAT;
        f32.store(to + at, lane < width ? f32.load(b + at) : 0);
      }
    }
    b += stride;
    to += <usize> COLUMNS * FLOAT;
  }
}

/** Rows of `[n, k]` as a panel `[k, 8]`; columns beyond `width` are zero. */
export function packTransposedColumns(
  b: usize,
  to: usize,
  width: i32,
  k: i32,
): void {
  const stride = <usize> k * FLOAT;
  let p = 0;
  if (width == COLUMNS) {
    for (; p + 4 <= k; p += 4) {
      const from = b + <usize> p * FLOAT;
      transpose(from, stride, to);
      transpose(from + 4 * stride, stride, to + 16);
      to += 4 * <usize> COLUMNS * FLOAT;
    }
  }
  for (; p < k; p++) {
    for (let lane = 0; lane < COLUMNS; lane++) {
      const from = b + <usize> lane * stride + <usize> p * FLOAT;
      f32.store(to + <usize> lane * FLOAT, lane < width ? f32.load(from) : 0);
    }
    to += <usize> COLUMNS * FLOAT;
  }
}

/** Four times four numbers, to rows of a panel. */

function transpose(from: usize, stride: usize, to: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + stride);
  const r2 = v128.load(from + 2 * stride);
  const r3 = v128.load(from + 3 * stride);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
}
