import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../core/engine/program/create.ts";
import { uniformStream } from "../../../core/engine/random.ts";
import { setThreadCount } from "../../../core/engine/threads.ts";
import { tf } from "../../../core/engine/tf.ts";
import { trainingProgram } from "../../../core/vae/model/training_program.ts";
import * as plugins from "../../../plugins/mod.ts";
import { nativeMissing, useBackend } from "../../engine/backends.ts";
import { tinyModel } from "../../plugins/tiny_model.ts";
import { usualObjective } from "../parts.ts";

/** No multiple of three: the pieces of three threads differ in height. */
const BATCH = 32;
const INPUT = 400;
const STEPS = 3;

const pixels = () => {
  const uniform = uniformStream(3, 0);
  return Uint8Array.from(
    { length: BATCH * INPUT },
    () => 255 * uniform() ** 4,
  );
};

/** The batch's loss, reconstruction and KL in each of the first steps. */
function losses(
  plugin: (typeof plugins)[keyof typeof plugins],
  { compile, threads }: { readonly compile: boolean; readonly threads: number },
): number[][] {
  setThreadCount(threads);
  const { model, weights } = tinyModel(plugin(), {
    latentDim: 5,
    inputSize: INPUT,
    hidden: 150,
  });
  const program = createProgram(
    trainingProgram({
      model,
      objective: usualObjective(),
      marginal: null,
      latentDim: 0,
      variables: weights,
      batchSize: BATCH,
      inputSize: INPUT,
      binarization: "dynamic",
      adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      clipNorm: 100,
      seed: 7,
    }),
    { compile },
  );
  try {
    expect(program.execution.compiled, program.execution.reason).toBe(compile);
    const feeds = { pixels: pixels(), klWeight: 1, learningRate: 1e-3 };
    return Array.from({ length: STEPS }, (_, i) => {
      const terms = program.run({ ...feeds, step: i + 1 });
      return ["loss", "reconstruction", "kl"].map((name) => terms[name]![0]!);
    });
  } finally {
    program.dispose();
  }
}

describe.skipIf(nativeMissing()).each(Object.entries(plugins))(
  "training under %s",
  (_, plugin) => {
    beforeAll(() => useBackend("native"));
    afterEach(() => setThreadCount(1));

    /** Trained once for all that is asked of it. */
    const known = new Map<number | "eager", number[][]>();
    const trained = (threads: number | "eager") => {
      const found = known.get(threads) ?? losses(
        plugin,
        threads === "eager"
          ? { compile: false, threads: 1 }
          : { compile: true, threads },
      );
      known.set(threads, found);
      return found;
    };

    it.each([1, 3])(
      "has the losses of single operations when compiled for %i threads",
      (threads) => {
        const found = trained(threads).flat();
        trained("eager").flat().forEach((value, i) =>
          expect(Math.abs(found[i]! - value)).toBeLessThan(
            1e-4 * Math.abs(value) + 1e-4,
          )
        );
      },
    );

    it("gives the same bits again, and leaves no tensors", () => {
      const first = trained(3);
      const before = tf.memory().numTensors;
      expect(losses(plugin, { compile: true, threads: 3 })).toEqual(first);
      expect(tf.memory().numTensors).toBe(before);
    });
  },
);
