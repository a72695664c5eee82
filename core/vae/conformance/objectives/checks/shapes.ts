/** The check `shapes`: a number for the batch, and two for each image. @module */

import { type Check, pass } from "../../check.ts";
import { createMeasure } from "../measure.ts";
import { AWAY } from "../closed_form.ts";
import type { ObjectiveSubject } from "../subject.ts";

const SIZES = [1, 2, 7];

/** Terms of the contract's shapes for batches of any size, and a gradient for all that trains. */
export const shapes: Check<ObjectiveSubject> = {
  name: "shapes",
  title: "Shapes",
  run(subject) {
    for (const rows of SIZES) {
      const objective = subject.build();
      const measure = createMeasure(objective, { rows, seed: subject.seed });
      // Held to its contract, it throws what is wrong.
      measure.at(AWAY, 0);
      measure.dispose();
    }
    return pass(`batches of ${SIZES.join(", ")}`);
  },
};
