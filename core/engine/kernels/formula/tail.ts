/**
 * Integrals over a tail of a log-concave density, which is how this folder
 * computes distribution functions, their derivatives in the shapes, and their
 * inverses.
 *
 * A Beta variable's logit and a Gamma variable's logarithm have log-concave
 * densities f on the whole line. From a point y away from the mode, the tail
 * divided by f(y) is the integral of g(w) = f(y + w) / f(y), which falls from 1
 * at w = 0, ever faster. Gauss and Legendre's rule over the range where g is
 * above e^-depth has few points and no regimes: the same for shapes of 1e-6 and
 * of 1e6, and for tails of 0.9 and of 1e-30.
 *
 * @module
 */

import type { Arithmetic } from "./arithmetic.ts";
import { gaussLegendre, type Rule } from "./gauss_legendre.ts";

/** A rule, how far it reaches (up to where g is e^-depth), and how exactly. */
export interface Accuracy extends Rule {
  readonly depth: number;
  /** Steps of Newton's method that find the reach. */
  readonly steps: number;
}

/** Errors below 2e-8 for shapes from 1e-6 to 1e6 and logits up to 17. */
export const EXACT: Accuracy = { ...gaussLegendre(48), depth: 20, steps: 3 };
/** Errors below 2e-7 for shapes from 1e-3 to 1e4. */
export const FINE: Accuracy = { ...gaussLegendre(32), depth: 20, steps: 3 };
/** Errors of a few per cent: for the way to a root. */
export const ROUGH: Accuracy = { ...gaussLegendre(8), depth: 12, steps: 1 };

/** log g as a function of w, and its beginning at w = 0. */
export interface Decay<T> {
  /** -(log g)'(0), at least 0. */
  readonly slope: T;
  /** -(log g)''(0), at least 0. */
  readonly bend: T;
  /** log g(w) and (log g)'(w). */
  at(w: T): readonly [T, T];
}

/**
 * The w at which log g is -depth, by Newton's method from the parabola. log g is
 * concave: what overshoots comes back without overshooting again. `atMost` is a
 * bound, which keeps e^w finite.
 */
export function reach<T>(
  m: Arithmetic<T>,
  { slope, bend, at }: Decay<T>,
  { depth, steps, atMost }:
    & Pick<Accuracy, "depth" | "steps">
    & { readonly atMost: T },
): T {
  const root = m.sqrt(m.add(m.mul(slope, slope), m.mul(bend, 2 * depth)));
  let w = m.min(m.div(2 * depth, m.add(slope, root)), atMost);
  for (let step = 0; step < steps; step++) {
    const [value, gradient] = at(w);
    w = m.min(m.sub(w, m.div(m.add(value, depth), gradient)), atMost);
  }
  return w;
}
