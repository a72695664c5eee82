/** Adam in one pass. @module */

/**
 * One step of Adam on `count` weights in place: moments
 * `m += (g - m) (1 - beta1)`, `v += (g^2 - v) (1 - beta2)`, and
 * `w -= rate m / (sqrt(v) + epsilon)`.
 *
 * @param keep1 `1 - beta1`
 * @param keep2 `1 - beta2`
 * @param rate learning rate with both bias corrections
 */
export function adam(
  w: usize,
  m: usize,
  v: usize,
  g: usize,
  count: i32,
  keep1: f32,
  keep2: f32,
  rate: f32,
  epsilon: f32,
): void {
  const vectors = <usize> (count & ~3) * 4;
  let at: usize = 0;
  for (; at < vectors; at += 16) {
    const gradient = v128.load(g + at);
    let first = v128.load(m + at);
    let second = v128.load(v + at);
    first = f32x4.add(
      first,
      f32x4.mul(f32x4.sub(gradient, first), f32x4.splat(keep1)),
    );
    second = f32x4.add(
      second,
      f32x4.mul(
        f32x4.sub(f32x4.mul(gradient, gradient), second),
        f32x4.splat(keep2),
      ),
    );
    const step = f32x4.div(
      f32x4.mul(first, f32x4.splat(rate)),
      f32x4.add(f32x4.sqrt(second), f32x4.splat(epsilon)),
    );
    v128.store(m + at, first);
    v128.store(v + at, second);
    v128.store(w + at, f32x4.sub(v128.load(w + at), step));
  }
  const end = <usize> count * 4;
  for (; at < end; at += 4) {
    const gradient = f32.load(g + at);
    let first = f32.load(m + at);
    let second = f32.load(v + at);
    first += (gradient - first) * keep1;
    second += (gradient * gradient - second) * keep2;
    f32.store(m + at, first);
    f32.store(v + at, second);
    const step = first * rate / (sqrt<f32>(second) + epsilon);
    f32.store(w + at, f32.load(w + at) - step);
  }
}
