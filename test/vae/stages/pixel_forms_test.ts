// Trainings and figures of likelihoods of pixels that are not binary.

import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../core/engine/start.ts";
import { figuresOf, UNMEASURED } from "../../../core/vae/figures.ts";
import type { Evaluation } from "../../../core/mod.ts";
import evaluateStage from "../../../core/vae/stages/evaluate.ts";
import {
  continuousBernoulli,
  discretizedLogistic,
  gaussian,
} from "../../../plugins/likelihoods/mod.ts";
import { fakeContext } from "./fake_context.ts";
import { dataset, OPTIONS, train } from "./small_training.ts";

beforeAll(() => startEngine("wasm", { threads: 1 }));

describe.each([
  ["unit", continuousBernoulli()],
  ["unit", gaussian()],
  ["bytes", discretizedLogistic()],
])("pixels %s", (pixels, likelihood) => {
  it("train, and are measured by density or mass", async () => {
    const { training, heard } = await train(OPTIONS, { likelihood });
    expect(heard.warnings).toEqual([]);
    expect(training).toMatchObject({ pixels, binarization: "grey" });
    const losses = training.epochs.map(({ loss }) => loss);
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);

    const { context, heard: measured } = fakeContext({ likelihood });
    const { evaluation } = await evaluateStage.run(
      { dataset, training },
      v.parse(evaluateStage.options, { nllSamples: 100, nllImages: 50 }),
      context,
    );
    expect(measured.warnings).toEqual([]);
    const { elbo, nll } = evaluation as Evaluation;
    expect(evaluation).toMatchObject({ pixels, inputSize: 16, missing: [] });
    expect(nll!.mean).toBeLessThan(-elbo.mean + 3 * elbo.standardError);
    const figures = figuresOf({
      ...UNMEASURED,
      evaluation: evaluation as Evaluation,
    });
    const bits = pixels === "bytes"
      ? [-elbo.mean / (16 * Math.LN2), nll!.mean / (16 * Math.LN2)]
      : [undefined, undefined];
    expect([figures["elboBits"]?.value, figures["nllBits"]?.value])
      .toEqual(bits.map((value) => value && expect.closeTo(value, 9)));
  });

  it("have no use for train.binarization, which is said", async () => {
    const options = { ...OPTIONS, epochs: 1, binarization: "threshold" };
    const { heard } = await train(options, { likelihood });
    expect(heard.warnings).toEqual([
      expect.stringMatching(
        /^train\.binarization "threshold" changes nothing: pixels of likelihood "\w+" are not made binary/,
      ),
    ]);
  });
});
