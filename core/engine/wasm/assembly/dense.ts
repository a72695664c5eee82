/** Gradients of a dense layer's bias and rectifier. @module */

/** Sums of the columns of `[rows, columns]`, in the order of the rows. */
export function columnSums(
  x: usize,
  sums: usize,
  rows: i32,
  columns: i32,
): void {
  const width = <usize> columns * 4;
  memory.fill(sums, 0, width);
  const vectors = width & ~15;
  for (let i = 0; i < rows; i++) {
    let at: usize = 0;
    for (; at < vectors; at += 16) {
      v128.store(
        sums + at,
        f32x4.add(v128.load(sums + at), v128.load(x + at)),
      );
    }
    for (; at < width; at += 4) {
      f32.store(sums + at, f32.load(sums + at) + f32.load(x + at));
    }
    x += width;
  }
}

/** `dy` where `y > 0`, else 0. */
export function rectifierGradient(
  dy: usize,
  y: usize,
  dx: usize,
  count: i32,
): void {
  const size = <usize> count * 4;
  const vectors = size & ~15;
  let at: usize = 0;
  for (; at < vectors; at += 16) {
    const mask = f32x4.gt(v128.load(y + at), f32x4.splat(0));
    v128.store(dx + at, v128.and(v128.load(dy + at), mask));
  }
  for (; at < size; at += 4) {
    f32.store(dx + at, f32.load(y + at) > 0 ? f32.load(dy + at) : 0);
  }
}
