/** The check `compiled`: recorded once and replayed, it is still the same prior. @module */

import { withGradients } from "../../../engine/program/gradients.ts";
import type { ProgramSpec } from "../../../engine/program/program.ts";
import {
  createRandom,
  deriveSeed,
  type Random,
} from "../../../engine/random.ts";
import {
  type Scalar,
  type Tensor,
  type Tensor2D,
  tf,
} from "../../../engine/tf.ts";
import {
  type Check,
  compareAll,
  type Finding,
  notApplicable,
  pass,
} from "../check.ts";
import { compareProgram, type ProgramComparison } from "../compare_program.ts";
import type { Instance } from "../instance.ts";
import { jointInstance, variedRows } from "../subject.ts";
import { stackRows } from "../tensors.ts";

const STEPS = [1, 9];

/**
 * A compiled training step, and compiled draws of the prior, give the numbers
 * of those that are not; or it says why there are none.
 */
export const compiled: Check = {
  name: "compiled",
  title: "Compiled step",
  run(subject) {
    if (tf.getBackend() !== "tensorflow") {
      return notApplicable("only the native engine compiles steps");
    }
    const instance = jointInstance(subject);
    const [step, draws] = [
      compareSteps(trainingSpec(instance, subject.seed)),
      compareSteps(drawingSpec(instance, subject.seed)),
    ];
    const notes = [
      ...(step.reason === undefined
        ? []
        : [`it trains step by step, slower: ${step.reason}`]),
      ...(draws.reason === undefined
        ? []
        : [`priorSample is not compiled: ${draws.reason}`]),
    ];
    const finding = compareAll([...step.comparisons, ...draws.comparisons], {
      title: "compiled against step by step",
      hint:
        "Make every tensor that changes from draws or arguments by operations of tf, so that it is part of the recording",
      otherwise: "",
    });
    if (finding.verdict === "fail" || notes.length === 0) return finding;
    return { ...pass(notes.join("; ")), ...figuresOf(finding) };
  },
};

function compareSteps(spec: ProgramSpec): ProgramComparison {
  return compareProgram(
    spec,
    STEPS.map((step) => ({ what: `at step ${step}`, feeds: { step } })),
    TITLES,
  );
}

/** Outputs whose names TensorFlow takes, and people do not. */
const TITLES: Readonly<Record<string, string>> = { slope: "the gradient" };

const INPUTS = { step: { shape: [], dtype: "int32" } } as const;

function trainingSpec(instance: Instance, seed: number): ProgramSpec {
  const { values, rows, columns } = stackRows(variedRows(instance, seed));
  return {
    variables: { raw: { shape: [rows, columns], data: values } },
    inputs: INPUTS,
    compute: ({ raw }, { step }) => {
      const random = randomAt(seed, step);
      const outputs = withGradients(
        ({ raw }) => {
          const sample = instance.sample(raw as Tensor2D, random);
          const klDivergence = instance.kl(raw as Tensor2D, random);
          const loss = tf.add(
            tf.sum(tf.tanh(sample)),
            tf.sum(klDivergence),
          ) as Scalar;
          return { loss, sample, klDivergence };
        },
        { raw: raw! },
        null,
      );
      return {
        sample: outputs["sample"]!,
        klDivergence: outputs["klDivergence"]!,
        slope: outputs["gradient/raw"]!,
      };
    },
  };
}

function drawingSpec(instance: Instance, seed: number): ProgramSpec {
  return {
    variables: {},
    inputs: INPUTS,
    compute: (_, { step }) => ({
      priorSample: instance.priorSample(PRIOR_DRAWS, randomAt(seed, step)),
    }),
  };
}

const PRIOR_DRAWS = 20;

function randomAt(seed: number, step: Tensor | undefined): Random {
  return createRandom({
    seed: deriveSeed(seed, "compiled"),
    step: step as Scalar,
  });
}

function figuresOf({ figure, limit }: Finding): Partial<Finding> {
  return figure === undefined || limit === undefined ? {} : { figure, limit };
}
