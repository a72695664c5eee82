/** The check `bound`: between the ELBO and log p(x), tighter with more draws. @module */

import {
  type Check,
  fail,
  figure,
  type Finding,
  notApplicable,
  pass,
} from "../../check.ts";
import { type Estimate, estimate, SIGMAS } from "../../statistics.ts";
import { AWAY, EXACT, knownAt } from "../closed_form.ts";
import type { ObjectiveSubject } from "../subject.ts";

/** Rounding, relative to 1 or to the value. */
const ROUNDING = 1e-4;
/** How many times the draws of an option `samples`. */
const MORE = 4;

/** -loss of an objective that says it is a bound is one. */
export const bound: Check<ObjectiveSubject> = {
  name: "bound",
  title: "A bound of the likelihood",
  run(subject) {
    if (subject.build().isBound !== true) {
      return notApplicable("it does not say that it is a bound of log p(x)");
    }
    const [exact, away] = [EXACT, AWAY].map((point) =>
      estimate(subject.batchesAt(point).map(({ loss }) => -loss))
    ) as [Estimate, Estimate];
    const { logLikelihood } = knownAt(EXACT);
    const known = knownAt(AWAY);
    const more = withMoreDraws(subject);
    return [
      compare("-loss where q(z|x) is exact", exact, {
        least: logLikelihood,
        most: logLikelihood,
      }),
      compare("-loss where q(z|x) is not", away, {
        least: known.elbo,
        most: known.logLikelihood,
      }),
      ...(more === undefined ? [] : [
        compare(`-loss with ${MORE} times the draws`, {
          mean: more.mean,
          error: Math.hypot(more.error, away.error),
        }, { least: away.mean, most: known.logLikelihood }),
      ]),
    ].find(({ verdict }) => verdict === "fail") ??
      pass(
        `ELBO ${figure(known.elbo)} <= ${figure(away.mean)}${
          more === undefined ? "" : ` <= ${figure(more.mean)}`
        } <= log p(x) = ${figure(known.logLikelihood)}`,
      );
  },
};

/** -loss at AWAY; undefined where no option says how many draws there are. */
function withMoreDraws(subject: ObjectiveSubject): Estimate | undefined {
  const { samples, ...options } = subject.options;
  if (typeof samples !== "number") return undefined;
  const given = { ...options, samples: MORE * samples };
  return subject.measure((measure) =>
    estimate(
      subject.batchesAt(AWAY).map((_, step) => -measure.lossAt(AWAY, step)),
    ), given);
}

function compare(
  what: string,
  { mean, error }: Estimate,
  { least, most }: { readonly least: number; readonly most: number },
): Finding {
  const allowed = SIGMAS * error + ROUNDING * (1 + Math.abs(mean));
  if (mean >= least - allowed && mean <= most + allowed) return pass(what);
  return fail(
    `${what} is ${figure(mean)}, want ${
      least === most
        ? figure(least)
        : `from ${figure(least)} to ${figure(most)}`
    } +- ${figure(allowed)}`,
    "A bound from K draws is the logarithm of the mean of K weights, not of their sum, averaged over the images; leave out isBound where the loss is none",
  );
}
