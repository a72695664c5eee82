/**
 * What lies beyond the last place of a line where a density is known.
 *
 * Powers and logarithms of a distance from a bound are exponentials and linear
 * there, normal densities are parabolas in their logarithms. An exponential in
 * place of these has too much mass, and far too much of what grows with the
 * distance: the more, the earlier the places end.
 *
 * @module
 */

/** value + slope x + curve x^2, with x outwards from the end. */
export interface Parabola {
  readonly value: number;
  readonly slope: number;
  readonly curve: number;
}

/** Through the values at the end and at two places so far inwards of it. */
export function parabola(
  [here, near, far]: readonly [number, number, number],
  [toNear, toFar]: readonly [number, number],
): Parabola {
  const first = (here - near) / toNear;
  const second = (near - far) / (toFar - toNear);
  const curve = (first - second) / toFar;
  return { value: here, slope: first + curve * toNear, curve };
}

/** Integral from the end outwards of `height` exp(-fall) times `factor`; `fall` rises, and is convex. */
export function tail(
  height: number,
  { slope, curve }: Parabola,
  factor: Parabola,
): number {
  const until = 2 * DEEP / (slope + Math.sqrt(slope ** 2 + 4 * curve * DEEP));
  const step = until / PARTS;
  let sum = 0;
  for (let i = 0; i <= PARTS; i++) {
    const x = i * step;
    const weight = i === 0 || i === PARTS ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-x * (slope + curve * x)) *
      (factor.value + x * (factor.slope + factor.curve * x));
  }
  return height * sum * step / 3;
}

/** Fall of a logarithm beyond which nothing is left, and parts of Simpson's rule until there. */
const DEEP = 40;
const PARTS = 400;
