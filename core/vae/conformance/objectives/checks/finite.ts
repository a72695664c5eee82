/** The check `finite`: numbers where weights differ beyond all measure. @module */

import { type Check, fail, pass } from "../../check.ts";
import { PARAMETERS, type Point } from "../closed_form.ts";
import type { ObjectiveSubject } from "../subject.ts";

/** A q(z|x) far off, a narrow and a wide one, and an x far from what is decoded. */
const EXTREMES: readonly Point[] = [
  [30, -30, 0, 0, 0, 0, 0, 0, 0],
  [0, 0, -8, -8, 0, 0, 0, 0, 0],
  [0, 0, 3, 3, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0, 50, -50, 50],
];

/** Loss, terms and gradient are finite far from where training begins. */
export const finite: Check<ObjectiveSubject> = {
  name: "finite",
  title: "Finite at extremes",
  run: (subject) =>
    subject.measure((measure) => {
      for (const point of EXTREMES) {
        const batch = measure.at(point, 0);
        const parts = {
          loss: [batch.loss],
          reconstruction: batch.reconstruction,
          kl: batch.kl,
          gradient: batch.slopes,
        };
        for (const [part, values] of Object.entries(parts)) {
          const place = values.findIndex((value) => !Number.isFinite(value));
          if (place < 0) continue;
          const by = part === "gradient"
            ? ` by ${PARAMETERS[place % PARAMETERS.length]}`
            : "";
          return fail(
            `${part}${by} is ${values[place]} at ${describe(point)}`,
            "Log-weights of hundreds of nats are common: take tf.logSumExp and tf.softmax of them, never tf.exp",
          );
        }
      }
      return pass(`at ${EXTREMES.length} models far from a trained one`);
    }),
};

function describe(point: Point): string {
  return point.flatMap((value, i) =>
    value === 0 ? [] : [`${PARAMETERS[i]} = ${value}`]
  ).join(", ");
}
