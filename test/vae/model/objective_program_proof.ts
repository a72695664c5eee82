// Training steps of the objectives, compiled and shared by threads: K rows of a
// draw for each image go together.

import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ObjectiveReference, PriorReference } from "../../../core/mod.ts";
import { createProgram } from "../../../core/engine/program/create.ts";
import { uniformStream } from "../../../core/engine/random.ts";
import { tf } from "../../../core/engine/tf.ts";
import { setThreadCount } from "../../../core/engine/threads.ts";
import { trainingProgram } from "../../../core/vae/model/training_program.ts";
import { gamma, gaussian, vamp } from "../../../plugins/mod.ts";
import { dreg, iwae, stl } from "../../../plugins/objectives/mod.ts";
import { nativeMissing, useBackend } from "../../engine/backends.ts";
import { tinyModel } from "../../plugins/tiny_model.ts";
import { resolved } from "../parts.ts";

/** No multiple of three: the pieces of three threads differ in height. */
const BATCH = 32;
const INPUT = 400;

const pixels = (() => {
  const uniform = uniformStream(3, 0);
  return Uint8Array.from(
    { length: BATCH * INPUT },
    () => 255 * uniform() ** 4,
  );
})();

interface Way {
  readonly compile: boolean;
  readonly threads: number;
}

/** Loss, reconstruction and KL of the first steps, and the weights after them. */
function stepsOf(
  objective: ObjectiveReference,
  prior: PriorReference,
  { compile, threads }: Way,
) {
  setThreadCount(threads);
  const { definition, options } = resolved(objective);
  const { model, weights } = tinyModel(prior, {
    latentDim: 5,
    inputSize: INPUT,
    hidden: 150,
  });
  const program = createProgram(
    trainingProgram({
      model,
      objective: definition.create(options),
      marginal: null,
      latentDim: 5,
      variables: weights,
      batchSize: BATCH,
      inputSize: INPUT,
      binarization: "dynamic",
      adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      clipNorm: null,
      seed: 7,
    }),
    { compile },
  );
  try {
    expect(program.execution.compiled, program.execution.reason).toBe(compile);
    const feeds = { pixels, learningRate: 1e-3 };
    const terms = [1, 2, 3].flatMap((step) => {
      const found = program.run({ ...feeds, step });
      return ["loss", "reconstruction", "kl"].map((name) => found[name]![0]!);
    });
    return { terms, kernel: program.variables()["head/kernel"]!.data };
  } finally {
    program.dispose();
  }
}

const CASES = [iwae(), dreg({ samples: 4 }), stl()].flatMap((objective) =>
  [gaussian(), gamma(), vamp({ components: 6 })].map((prior) =>
    [
      objective.definition.name,
      prior.definition.name,
      objective,
      prior,
    ] as const
  )
);

describe.skipIf(nativeMissing()).each(CASES)(
  "training by %s under %s",
  (_, __, objective, prior) => {
    beforeAll(() => useBackend("native"));
    afterEach(() => setThreadCount(1));

    const compiled = (threads: number) =>
      stepsOf(objective, prior, { compile: true, threads });
    /** Stepped once for all that is asked of it. */
    let split: ReturnType<typeof compiled> | undefined;
    const byThree = () => split ??= compiled(3);

    it("has the terms of single operations when it is compiled", () => {
      const wanted = stepsOf(objective, prior, { compile: false, threads: 1 });
      for (const found of [compiled(1), byThree()]) {
        wanted.terms.forEach((value, i) =>
          expect(Math.abs(found.terms[i]! - value))
            .toBeLessThan(2e-4 * Math.abs(value) + 2e-4)
        );
      }
    });

    it("gives the same bits again, and leaves no tensors", () => {
      const first = byThree();
      const before = tf.memory().numTensors;
      expect(compiled(3)).toEqual(first);
      expect(tf.memory().numTensors).toBe(before);
    });
  },
);
