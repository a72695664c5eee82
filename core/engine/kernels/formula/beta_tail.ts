/**
 * The tail of the law of the logit of a Beta variable, which all else of it is
 * computed from.
 *
 * @module
 */

import type { Arithmetic } from "./arithmetic.ts";
import { type Accuracy, reach } from "./tail.ts";

/** Shapes and a point of the law. */
export interface BetaPoint<T> {
  readonly a: T;
  readonly b: T;
  readonly logit: T;
}

/** log z and log(1 - z). */
export function logParts<T>(m: Arithmetic<T>, logit: T): readonly [T, T] {
  return [m.neg(m.softplus(m.neg(logit))), m.neg(m.softplus(logit))];
}

/**
 * The tail of Beta(a + 1, b) below y: the integrals of g(w) = f(y - w) / f(y), of
 * p g and of d g, where for the t with logit y - w
 *
 *     p(w) = log t - log z = -log(1 + (1 - z) (e^w - 1)),
 *     d(w) = log(1 - t) - log(1 - z) = -log(1 + z (e^-w - 1)) = p(w) + w,
 *
 * and log g = (a + 1) p + b d. The one of p and d with the smaller factor, z or
 * 1 - z, is computed: it does not cancel; the other follows.
 */
export function betaTail<T>(
  m: Arithmetic<T>,
  { a, b, logit }: BetaPoint<T>,
  accuracy: Accuracy,
) {
  const [logZ, logRest] = logParts(m, logit);
  const z = m.exp(logZ);
  const rest = m.exp(logRest);
  const raised = m.add(a, 1);
  const whole = m.add(raised, b);
  const [factor, power, sign] = m.whereGreater(
    z,
    0.5,
    [rest, b, 1],
    [z, raised, -1],
  );
  const range = reach(m, {
    slope: m.sub(m.mul(raised, rest), m.mul(b, z)),
    bend: m.mul(m.mul(whole, z), rest),
    at(w) {
      const v = m.mul(sign, w);
      const growth = m.exp(v);
      const change = m.mul(factor, m.sub(growth, 1));
      const pull = m.div(m.mul(factor, growth), m.add(change, 1));
      return [
        m.sub(m.mul(power, v), m.mul(whole, m.log1p(change))),
        m.mul(sign, m.sub(power, m.mul(whole, pull))),
      ];
    },
  }, {
    ...accuracy,
    // p is at most -w - log(1 - z), and d at most -log(1 - z).
    atMost: m.div(m.sub(accuracy.depth, m.mul(whole, logRest)), raised),
  });
  const sums = m.sumOver(
    [accuracy.nodes, accuracy.weights],
    [m.mul(sign, range), factor, power, whole],
    ([node, weight], [range, factor, power, whole]) => {
      const v = m.mul(range, node);
      const change = m.log1p(m.mul(factor, m.sub(m.exp(v), 1)));
      const log = m.sub(m.mul(power, v), m.mul(whole, change));
      const g = m.mul(m.exp(log), weight);
      return [g, m.mul(g, v), m.mul(g, change)];
    },
  );
  const [mass, path, change] = sums.map((sum) => m.mul(sum, range)) as [
    T,
    T,
    T,
  ];
  const moved = m.sub(path, change);
  const stayed = m.neg(change);
  const [p, d] = m.whereGreater(z, 0.5, [stayed, moved], [moved, stayed]);
  return { logZ, logRest, z, moments: [mass, p, d] as const };
}
