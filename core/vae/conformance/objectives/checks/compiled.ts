/** The check `compiled`: recorded once and replayed, it is still the same objective. @module */

import { tf } from "../../../../engine/tf.ts";
import {
  type Check,
  compareAll,
  type Comparison,
  notApplicable,
  pass,
} from "../../check.ts";
import { columnEstimates, estimate } from "../../statistics.ts";
import { AWAY, PARAMETERS } from "../closed_form.ts";
import { type Batch, createMeasure } from "../measure.ts";
import type { ObjectiveSubject } from "../subject.ts";

const STEPS = [1, 2, 9];
const ROWS = 12;
/** Sums in another order, relative to 1 or to the value. */
const ROUNDING = 1e-3;

/** A compiled step gives the numbers of one that is not; or it says why there is none. */
export const compiled: Check<ObjectiveSubject> = {
  name: "compiled",
  title: "Compiled step",
  run(subject) {
    if (tf.getBackend() !== "tensorflow") {
      return notApplicable("only the native engine compiles steps");
    }
    const [fast, slow] = [true, false].map((compile) => {
      const measure = createMeasure(subject.build(), {
        rows: ROWS,
        seed: subject.seed,
        compile,
      });
      const batches = STEPS.map((step) => measure.at(AWAY, step));
      measure.dispose();
      return { batches, reason: measure.reason };
    });
    if (fast!.reason !== undefined) {
      return pass(`it trains step by step, slower: ${fast!.reason}`);
    }
    return compareAll(
      STEPS.flatMap((step, i) =>
        compare(step, fast!.batches[i]!, slow!.batches[i]!)
      ),
      {
        title: "compiled against step by step",
        hint:
          "Make all that changes from step to step by operations of tf, of the model, its draws and the rates; keep no count of calls",
        otherwise: "",
      },
    );
  },
};

function compare(step: number, found: Batch, wanted: Batch): Comparison[] {
  const values = wordsOf(wanted);
  return Object.entries(wordsOf(found)).map(([what, value]) => ({
    what: `${what} at step ${step}`,
    found: value,
    wanted: values[what]!,
    allowed: ROUNDING * (1 + Math.abs(values[what]!)),
  }));
}

function wordsOf(batch: Batch): Readonly<Record<string, number>> {
  const slopes = columnEstimates(batch.slopes, PARAMETERS.length);
  return {
    loss: batch.loss,
    "mean reconstruction": estimate(batch.reconstruction).mean,
    "mean KL": estimate(batch.kl).mean,
    ...Object.fromEntries(
      PARAMETERS.map((name, i) =>
        [`the gradient by ${name}`, slopes[i]!.mean] as const
      ),
    ),
  };
}
