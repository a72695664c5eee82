// What a prior gives once it is trained, where nobody has looked at it.

import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { RunError } from "../../../core/lib/errors.ts";
import type { Training } from "../../../core/vae/model/artifacts.ts";
import {
  requireNumbers,
  requireTerms,
} from "../../../core/vae/stages/_finite.ts";
import evaluateStage from "../../../core/vae/stages/evaluate.ts";
import sampleStage from "../../../core/vae/stages/sample.ts";
import { ENGINES, useBackend } from "../../engine/backends.ts";
import { fakeContext } from "./fake_context.ts";
import { gaussian } from "../../../plugins/mod.ts";
import { dataset, OPTIONS, train } from "./small_training.ts";

it("says which stage, prior and values", () => {
  const context = { ...fakeContext().context, stage: "explore" };
  const check = (...values: number[]) => () =>
    requireNumbers({ draws: Float32Array.from(values) }, context);
  expect(check(1, 2)).not.toThrow();
  expect(check(1, NaN, -Infinity)).toThrow(RunError);
  expect(check(1, NaN, -Infinity)).toThrow(
    /^Cannot run explore of Gaussian\(.*\): prior "gaussian": after training, draws hold NaN, want finite numbers; 2 of 3 are not finite$/,
  );
});

describe.each(ENGINES)("on $title", ({ name, missing }) => {
  beforeAll(async () => {
    if (!missing) await useBackend(name);
  });

  it.skipIf(missing)("no picture is drawn of what is no number", async () => {
    const { training } = await train({ ...OPTIONS, epochs: 1 });
    await expect(sampleStage.run(
      { dataset, training: spoiled(training, "output") },
      v.parse(sampleStage.options, {}),
      fakeContext().context,
    )).rejects.toThrow(/^Cannot run sample of .* images of them hold NaN/);
  });

  it.skipIf(missing)("no figure is the mean of what is no number", async () => {
    const { training } = await train({ ...OPTIONS, epochs: 1 });
    const evaluate = (of: Training, prior = gaussian()) =>
      evaluateStage.run(
        { dataset, training: of },
        v.parse(evaluateStage.options, { nllSamples: 2, nllImages: 5 }),
        fakeContext({ prior }).context,
      );
    const start =
      /^Cannot run evaluate of \S+: prior "gaussian": after training, /.source;
    await expect(evaluate(spoiled(training, "output"))).rejects.toThrow(
      new RegExp(
        `${start}reconstructions of test images from its draws, by likelihood "bernoulli", hold NaN, .*; 50 of 50 `,
      ),
    );
    await expect(evaluate(spoiled(training, "head"))).rejects.toThrow(
      new RegExp(`${start}KLs of test images hold NaN, .*; 50 of 50 `),
    );
  });
});

it("an epoch's validation is none where it is no number", () => {
  const context = { ...fakeContext().context, stage: "train" };
  const terms = {
    kl: Float32Array.of(1, 2),
    reconstruction: Float32Array.of(3, Infinity),
  };
  const images = "images held out";
  expect(() => requireTerms(terms, { images, when: "after an epoch", context }))
    .toThrow(
      /^Cannot run train of .*: prior "gaussian": after an epoch, reconstructions of images held out from its draws, by likelihood "bernoulli", hold Infinity, .*; 1 of 2 /,
    );
});

/** With weights that are no numbers, those whose names start so. */
function spoiled(training: Training, start: string): Training {
  const weights = Object.entries(training.weights).map(([name, weight]) => [
    name,
    name.startsWith(start)
      ? { ...weight, data: weight.data.map(() => NaN) }
      : weight,
  ]);
  return { ...training, weights: Object.fromEntries(weights) };
}
