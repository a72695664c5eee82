/** The check `compiled`: recorded once and replayed, it is still the same prior. @module */

import { createProgram } from "../../engine/program/create.ts";
import { eagerProgram } from "../../engine/program/eager.ts";
import { withGradients } from "../../engine/program/gradients.ts";
import type { ProgramSpec } from "../../engine/program/program.ts";
import { createRandom, deriveSeed } from "../../engine/random.ts";
import { type Scalar, type Tensor2D, tf } from "../../engine/tf.ts";
import {
  type Check,
  compareAll,
  type Comparison,
  notApplicable,
  pass,
} from "../check.ts";
import type { Instance } from "../instance.ts";
import { jointInstance, variedRows } from "../subject.ts";
import { stackRows } from "../tensors.ts";

const STEPS = [1, 2, 9];
/** Sums in another order, relative to 1 or to the value. */
const ROUNDING = 1e-3;

/** The compiled step gives the numbers of the one that is not; or says why there is none. */
export const compiled: Check = {
  name: "compiled",
  title: "Compiled step",
  run(subject) {
    if (tf.getBackend() !== "tensorflow") {
      return notApplicable("only the native engine compiles steps");
    }
    const spec = stepOf(jointInstance(subject), subject.seed);
    const program = createProgram(spec);
    const eager = eagerProgram(spec, { compiled: false });
    try {
      const { compiled, reason } = program.execution;
      if (!compiled) return pass(`it runs step by step, slower: ${reason}`);
      const comparisons = STEPS.flatMap((step) => {
        const wanted = eager.run({ step });
        return Object.entries(program.run({ step })).map(([what, values]) =>
          worstOf(`${TITLES[what] ?? what} at step ${step}`, [
            values,
            wanted[what]!,
          ])
        );
      });
      return compareAll(comparisons, {
        title: "compiled against step by step",
        hint:
          "Make every tensor that changes from draws or arguments by operations of tf, so that it is part of the recording",
        otherwise: "there is nothing to compare",
      });
    } finally {
      program.dispose();
      eager.dispose();
    }
  },
};

/** Outputs whose names TensorFlow takes, and people do not. */
const TITLES: Readonly<Record<string, string>> = { slope: "the gradient" };

function stepOf(instance: Instance, seed: number): ProgramSpec {
  const { values, rows, columns } = stackRows(variedRows(instance, seed));
  return {
    variables: { raw: { shape: [rows, columns], data: values } },
    inputs: { step: { shape: [], dtype: "int32" } },
    compute: ({ raw }, { step }) => {
      const random = createRandom({
        seed: deriveSeed(seed, "compiled"),
        step: step as Scalar,
      });
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
        priorSample: instance.priorSample(rows, random),
      };
    },
  };
}

function worstOf(
  what: string,
  [found, wanted]: readonly [Float32Array, Float32Array],
): Comparison {
  let worst: Comparison | undefined;
  found.forEach((value, i) => {
    const one: Comparison = {
      what,
      found: value,
      wanted: wanted[i]!,
      allowed: ROUNDING * (1 + Math.abs(wanted[i]!)),
    };
    if (worst === undefined || excess(one) > excess(worst)) worst = one;
  });
  return worst!;
}

function excess({ found, wanted, allowed }: Comparison): number {
  const ratio = Math.abs(found - wanted) / allowed;
  return Number.isNaN(ratio) ? Infinity : ratio;
}
