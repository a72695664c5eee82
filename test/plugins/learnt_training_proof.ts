// The priors of plugins/ that learn, in training.

import { beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../core/engine/program/create.ts";
import type { Weights } from "../../core/vae/model/artifacts.ts";
import {
  evaluationProgram,
  trainingProgram,
} from "../../core/vae/model/training_program.ts";
import { tf } from "../../core/mod.ts";
import { mixture } from "../../plugins/mod.ts";
import { ENGINES, nativeMissing, useBackend } from "../engine/backends.ts";
import { meanOf } from "../engine/statistics.ts";
import { LEARNT_CASES } from "./learnt_cases.ts";
import { INPUT_SIZE, type TinyModel, tinyModel } from "./tiny_model.ts";
import { usualObjective } from "../vae/parts.ts";

describe.each(ENGINES)("training on $title", ({ name, missing }) => {
  beforeAll(() => missing ? undefined : useBackend(name));

  describe.each(LEARNT_CASES)("$title", ({ reference }) => {
    it.skipIf(missing)(
      "lowers the loss by what it learns, and leaves no tensors behind",
      () => {
        const model = tinyModel(reference, { latentDim: 2 });
        const fitted = fit(model, 150);
        const changed = Object.keys(model.weights)
          .filter((name) => name.startsWith("prior/"));
        expect(changed.length).toBeGreaterThan(0);
        for (const name of changed) {
          expect(fitted[name]!.data, name).not.toEqual(
            model.weights[name]!.data,
          );
        }
        const forgotten = { ...fitted };
        for (const name of changed) forgotten[name] = model.weights[name]!;
        const [learnt, start] = [fitted, forgotten].map((weights) =>
          negativeElbo({ ...model, weights })
        ) as [number, number];
        expect(learnt).toBeLessThan(start - 0.05);
        const before = tf.memory().numTensors;
        fit(model, 2);
        negativeElbo(model);
        expect(tf.memory().numTensors).toBe(before);
      },
    );
  });

  it.skipIf(missing)("leaves a mixture alone that is not to learn", () => {
    const fixed = mixture({ components: 3, learn: false });
    const model = tinyModel(fixed, { latentDim: 2 });
    const fitted = fit(model, 5);
    for (const [path, before] of Object.entries(model.weights)) {
      const after = fitted[path]!.data;
      if (path.startsWith("prior/")) expect(after).toEqual(before.data);
      else expect(after).not.toEqual(before.data);
    }
  });
});

describe.each(LEARNT_CASES)("$title on the native engine", ({ reference }) => {
  const missing = nativeMissing();
  beforeAll(() => missing ? undefined : useBackend("native"));

  it.skipIf(missing)(
    "trains compiled as it does step by step",
    () => {
      const model = tinyModel(reference, { latentDim: 2 });
      const compiled = fit(model, 20);
      const eager = fit(model, 20, { compile: false });
      for (const [path, { data }] of Object.entries(compiled)) {
        data.forEach((x, i) =>
          expect(Math.abs(x - eager[path]!.data[i]!), path).toBeLessThan(2e-4)
        );
      }
    },
  );
});

const BATCH = 32;

/** Bars at one of four places. */
const PIXELS = Uint8Array.from({ length: BATCH * INPUT_SIZE }, (_, i) => {
  const image = Math.floor(i / INPUT_SIZE);
  return Math.floor(i % INPUT_SIZE / 4) === image * 7 % 4 ? 240 : 10;
});

/** The weights after some steps of Adam. */
function fit(
  { model, weights }: TinyModel,
  steps: number,
  options: { readonly compile?: boolean } = {},
): Record<string, Weights[string]> {
  const program = createProgram(
    trainingProgram({
      model,
      objective: usualObjective(),
      marginal: null,
      latentDim: 0,
      variables: weights,
      batchSize: BATCH,
      inputSize: INPUT_SIZE,
      binarization: "dynamic",
      adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      clipNorm: null,
      seed: 2,
    }),
    options,
  );
  if (options.compile !== false && tf.getBackend() === "tensorflow") {
    expect(program.execution).toEqual({ compiled: true });
  }
  try {
    for (let step = 1; step <= steps; step++) {
      program.run({ pixels: PIXELS, step, klWeight: 1, learningRate: 0.02 });
    }
    const all = program.variables();
    return Object.fromEntries(
      Object.keys(weights).map((name) => [name, all[name]!] as const),
    );
  } finally {
    program.dispose();
  }
}

/** The mean loss over many draws. */
function negativeElbo({ model, weights }: TinyModel): number {
  const program = createProgram(
    evaluationProgram({
      model,
      variables: weights,
      batchSize: BATCH,
      inputSize: INPUT_SIZE,
      binarization: "dynamic",
      seed: 4,
    }),
  );
  const losses: number[] = [];
  for (let step = 0; step < 40; step++) {
    const { reconstruction, kl } = program.run({ pixels: PIXELS, step });
    reconstruction!.forEach((x, i) => losses.push(x + kl![i]!));
  }
  program.dispose();
  return meanOf(losses).mean;
}
