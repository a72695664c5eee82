/** The check `gradient`: on average it is the derivative of the mean loss. @module */

import { type Check, compareAll, type Comparison } from "../../check.ts";
import { stepsAlong } from "../../differences.ts";
import { columnEstimates, estimate, SIGMAS } from "../../statistics.ts";
import { AWAY, EXACT, PARAMETERS } from "../closed_form.ts";
import type { ObjectiveSubject } from "../subject.ts";

/** Short, for a loss may have an edge nearby: free bits. */
const STEP = 0.01;
/** Rounding of differences, and what they leave out, relative to 1 or to the value. */
const ROUNDING = 2e-3;

/**
 * The mean gradient by each parameter of encoder, prior and decoder, against
 * differences of the loss at the same draws.
 */
export const gradient: Check<ObjectiveSubject> = {
  name: "gradient",
  title: "Gradient against the loss",
  run: (subject) =>
    compareAll(
      [EXACT, AWAY].flatMap((point) => {
        const batches = subject.batchesAt(point);
        const slopes = batches.map(({ slopes }) =>
          columnEstimates(slopes, PARAMETERS.length).map(({ mean }) => mean)
        );
        const differences = subject.measure((measure) =>
          batches.map((_, step) =>
            PARAMETERS.map((_, unit) =>
              stepsAlong(point, unit, STEP).reduce(
                (sum, { row, weight }) =>
                  sum + weight * measure.lossAt(row, step),
                0,
              )
            )
          )
        );
        return PARAMETERS.map((name, unit): Comparison => {
          const of = (rows: readonly (readonly number[])[]) =>
            rows.map((row) => row[unit]!);
          const wanted = estimate(of(differences)).mean;
          const rest = of(slopes).map((slope, i) =>
            slope - differences[i]![unit]!
          );
          return {
            what: `the mean gradient by ${name} ${
              point === EXACT ? "where q is exact" : "where it is not"
            }`,
            found: estimate(of(slopes)).mean,
            wanted,
            allowed: SIGMAS * estimate(rest).error +
              ROUNDING * (1 + Math.abs(wanted)),
          };
        });
      }),
      {
        title: "mean gradients by encoder, prior and decoder",
        hint:
          "What a stopped gradient leaves out must be 0 on average: scores of log q(z|x), and of a weighted sum of them only with the weights squared on the way to z",
        otherwise: "",
      },
    ),
};
