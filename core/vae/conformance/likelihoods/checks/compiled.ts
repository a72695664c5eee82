/** The check `compiled` of a likelihood: recorded and replayed it is the same. @module */

import { withGradients } from "../../../../engine/program/gradients.ts";
import type { ProgramSpec } from "../../../../engine/program/program.ts";
import { type Scalar, type Tensor2D, tf } from "../../../../engine/tf.ts";
import { type Check, compareAll, notApplicable, pass } from "../../check.ts";
import { compareProgram } from "../../compare_program.ts";
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

/** Compiled log p, gradient, mean and draws give the numbers of those that are not. */
export const compiled: Check<LikelihoodSubject> = {
  name: "compiled",
  title: "Compiled step",
  run(subject) {
    if (tf.getBackend() !== "tensorflow") {
      return notApplicable("only the native engine compiles steps");
    }
    const { reason, comparisons } = compareProgram(
      specOf(subject.build(PIXELS), subject.seed),
      STEPS.map((step) => ({ what: `at step ${step}`, feeds: { step } })),
    );
    if (reason !== undefined) {
      return pass(`it trains step by step, slower: ${reason}`);
    }
    return compareAll(comparisons, {
      title: "compiled against step by step",
      hint:
        "Make every tensor that changes from draws or arguments by operations of tf, so that it is part of the recording",
      otherwise: "",
    });
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
