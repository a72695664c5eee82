/** The check `seeds`: a step is a function of its seed. @module */

import { type Check, fail, pass } from "../../check.ts";
import { AWAY } from "../closed_form.ts";
import type { Batch, Measure } from "../measure.ts";
import type { ObjectiveSubject } from "../subject.ts";

/** The same bits for the same step, also after others and from another build. */
export const seeds: Check<ObjectiveSubject> = {
  name: "seeds",
  title: "Draws follow the seed",
  run(subject) {
    const bitsAt = (measure: Measure) => bitsOf(measure.at(AWAY, 1));
    const [first, again, elsewhere] = subject.measure((measure) => {
      const first = bitsAt(measure);
      measure.at(AWAY, 2);
      return [first, bitsAt(measure), subject.measure(bitsAt)];
    });
    const faults = [
      ...(first === again ? [] : ["differs when it is computed again"]),
      ...(first === elsewhere ? [] : ["differs from one create to the next"]),
    ];
    if (faults.length === 0) return pass("the same bits three times");
    return fail(
      `a step with the same seed ${faults.join(" and ")}`,
      "Draw by model.sample and model.random alone: never Math.random or tf.randomNormal; and keep no state between calls",
    );
  },
};

function bitsOf({ loss, reconstruction, kl, slopes }: Batch): string {
  return JSON.stringify([loss, ...reconstruction, ...kl, ...slopes]);
}
