// What a prior gives once it is trained, where nobody has looked at it.

import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { RunError } from "../../../core/lib/errors.ts";
import type { Weights } from "../../../core/vae/model/artifacts.ts";
import { requireNumbers } from "../../../core/vae/stages/_finite.ts";
import sampleStage from "../../../core/vae/stages/sample.ts";
import { ENGINES, useBackend } from "../../engine/backends.ts";
import { fakeContext } from "./fake_context.ts";
import { dataset, train } from "./small_training.ts";

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
    const { training } = await train();
    const spoiled = Object.fromEntries(
      Object.entries(training.weights).map(([name, weight]) => [
        name,
        name.startsWith("output")
          ? { ...weight, data: weight.data.map(() => NaN) }
          : weight,
      ]),
    ) as Weights;
    await expect(sampleStage.run(
      { dataset, training: { ...training, weights: spoiled } },
      v.parse(sampleStage.options, {}),
      fakeContext().context,
    )).rejects.toThrow(/^Cannot run sample of .* images of them hold NaN/);
  });
});
