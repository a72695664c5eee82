/** The check `compiled` of a likelihood: recorded and replayed it is the same. @module */

import { createProgram } from "../../../../engine/program/create.ts";
import { eagerProgram } from "../../../../engine/program/eager.ts";
import { withGradients } from "../../../../engine/program/gradients.ts";
import type { ProgramSpec } from "../../../../engine/program/program.ts";
import { type Scalar, type Tensor2D, tf } from "../../../../engine/tf.ts";
import {
  type Check,
  compareAll,
  type Comparison,
  notApplicable,
  pass,
} from "../../check.ts";
import { tensorsOf } from "../../fixed_weights.ts";
import { stackRows } from "../../tensors.ts";
import { someImages } from "../pixel_values.ts";
import {
  type LikelihoodSubject,
  type PixelInstance,
  variedRaw,
} from "../subject.ts";

const STEPS = [1, 2, 9];
const COUNT = 8;
const PIXELS = 6;
/** Sums in another order, relative to 1 or to the value. */
const ROUNDING = 1e-3;

/** Compiled log p, gradient, mean and draws give the numbers of those that are not. */
export const compiled: Check<LikelihoodSubject> = {
  name: "compiled",
  title: "Compiled step",
  run(subject) {
    if (tf.getBackend() !== "tensorflow") {
      return notApplicable("only the native engine compiles steps");
    }
    const spec = specOf(subject.build(PIXELS), subject.seed);
    const program = createProgram(spec);
    const eager = eagerProgram(spec, { compiled: false });
    try {
      const { compiled, reason } = program.execution;
      if (!compiled) return pass(`it trains step by step, slower: ${reason}`);
      const comparisons = STEPS.flatMap((step) => {
        const wanted = eager.run({ step });
        return Object.entries(program.run({ step })).flatMap((
          [what, values],
        ) =>
          Array.from(values, (found, i): Comparison => ({
            what: `${what} at step ${step}`,
            found,
            wanted: wanted[what]![i]!,
            allowed: ROUNDING * (1 + Math.abs(wanted[what]![i]!)),
          }))
        );
      });
      return compareAll(comparisons, {
        title: "compiled against step by step",
        hint:
          "Make every tensor that changes from draws or arguments by operations of tf, so that it is part of the recording",
        otherwise: "",
      });
    } finally {
      program.dispose();
      eager.dispose();
    }
  },
};

function specOf(instance: PixelInstance, seed: number): ProgramSpec {
  const { values, rows, columns } = stackRows(
    variedRaw(instance, { count: COUNT, seed }),
  );
  const images = someImages(instance.likelihood, {
    count: COUNT * PIXELS,
    seed,
  });
  return {
    variables: { raw: { shape: [rows, columns], data: values } },
    inputs: { step: { shape: [], dtype: "int32" } },
    compute: ({ raw }, { step }) => {
      const outputs = withGradients(
        ({ raw }) => {
          const logProb = instance.logProb(
            raw as Tensor2D,
            tf.tensor2d(images, [COUNT, PIXELS]),
            tensorsOf(instance.learnt),
          );
          return { loss: tf.neg(tf.sum(logProb)) as Scalar, logProb };
        },
        { raw: raw! },
        null,
      );
      const random = instance.random("compiled", step as Scalar);
      return {
        logProb: outputs["logProb"]!,
        slope: outputs["gradient/raw"]!,
        mean: instance.mean(raw as Tensor2D),
        sample: instance.sample(raw as Tensor2D, random),
      };
    },
  };
}
