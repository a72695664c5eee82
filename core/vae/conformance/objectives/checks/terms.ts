/** The check `terms`: what the curves show is what it is called. @module */

import { type Check, compareAll, type Comparison } from "../../check.ts";
import { estimate, SIGMAS } from "../../statistics.ts";
import { AWAY, EXACT, knownAt } from "../closed_form.ts";
import type { ObjectiveSubject } from "../subject.ts";

/** Rounding, relative to 1 or to the value. */
const ROUNDING = 1e-4;

/** Means of `reconstruction` and `kl` are those of the model in closed form. */
export const terms: Check<ObjectiveSubject> = {
  name: "terms",
  title: "Terms against closed forms",
  run: (subject) =>
    compareAll(
      [EXACT, AWAY].flatMap((point) => {
        const { reconstruction, kl } = knownAt(point);
        const batches = subject.batchesAt(point);
        const where = point === EXACT ? "where q is exact" : "where it is not";
        const compare = (
          term: "reconstruction" | "kl",
          wanted: number,
        ): Comparison => {
          const { mean, error } = estimate(
            batches.flatMap((batch) => [...batch[term]]),
          );
          return {
            what: `the mean of "${term}" ${where}`,
            found: mean,
            wanted,
            allowed: SIGMAS * error + ROUNDING * (1 + Math.abs(wanted)),
          };
        };
        return [
          compare("reconstruction", reconstruction),
          compare("kl", kl[0] + kl[1]),
        ];
      }),
      {
        title: "means of reconstruction and KL",
        hint:
          '"reconstruction" is -log p(x|z) on average over the draws, "kl" is KL(q(z|x) || p(z)) or an unbiased estimate of it, whatever the loss weighs them by',
        otherwise: "",
      },
    ),
};
