import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { defaultStages } from "../../../core/vae/stages/mod.ts";
import { dependences, timeScale } from "../../../core/vae/stages/time.ts";

/** `train.epochs` of every option there is. */
const options = defaultStages.flatMap(({ name, options }) =>
  Object.keys(
    (options as v.StrictObjectSchema<v.ObjectEntries, undefined>).entries,
  )
    .map((option) => `${name}.${option}`)
);

/** How the time of a stage goes with an option. */
function scaleOf(stage: string, path: string, before: unknown, after: unknown) {
  const [owner = "", option = ""] = path.split(".");
  return timeScale(stage, {
    stage: owner,
    field: `option.${option}`,
    before: before === undefined ? null : JSON.stringify(before),
    after: after === undefined ? null : JSON.stringify(after),
  });
}

describe("timeScale()", () => {
  it("knows the default stages, and options that there are", () => {
    const names = defaultStages.map(({ name }) => name);
    expect(Object.keys(dependences).sort()).toEqual([...names].sort());
    const known = [...options, ...names.map((name) => `${name}.*`)];
    for (
      const { proportional = [], indifferent = [] } of Object.values(
        dependences,
      )
    ) {
      expect(known).toEqual(
        expect.arrayContaining([...proportional, ...indifferent]),
      );
    }
  });

  it("goes with images, epochs and K", () => {
    expect(scaleOf("train", "train.epochs", 5, 20)).toBe(4);
    expect(scaleOf("train", "load_mnist.trainLimit", 2000, 1000)).toBe(0.5);
    expect(scaleOf("evaluate", "evaluate.nllSamples", 100, 500)).toBe(5);
    expect(scaleOf("evaluate", "train.epochs", 5, 20)).toBe(1);
    expect(scaleOf("train", "train.learningRate", 1e-3, 1e-4)).toBe(1);
  });

  it("says nothing of what it does not know", () => {
    expect(scaleOf("train", "train.batchSize", 128, 64)).toBeNull();
    expect(scaleOf("train", "sample.hidden", [400], [40])).toBeNull();
    // All images there are, however many these be.
    expect(scaleOf("train", "load_mnist.trainLimit", 1000, undefined))
      .toBeNull();
    expect(scaleOf("evaluate", "evaluate.nllImages", 0, 100)).toBeNull();
    expect(scaleOf("my_stage", "my_stage.size", 1, 2)).toBeNull();
    for (
      const field of ["engine", "engine.threads", "engine.cpu", "input.data"]
    ) {
      const difference = { stage: "train", field, before: "a", after: "b" };
      expect(timeScale("train", difference)).toBeNull();
    }
  });

  it("takes priors, seeds and sources for alike", () => {
    for (
      const field of [
        "prior",
        "prior.option.alpha",
        "latentDim",
        "seed",
        "stage.source",
        "engine.version",
      ]
    ) {
      const difference = { stage: "train", field, before: "a", after: "b" };
      expect(timeScale("train", difference)).toBe(1);
    }
  });
});
