import { describe, expect, it } from "vitest";
import { parseOverride } from "../../core/config/overrides.ts";
import { defaultStages } from "../../core/vae/stages/mod.ts";
import { fakePrior } from "./fake_priors.ts";
import { faultOf, normalise } from "./_normalise.ts";

const values = { "train.learningRate": [1e-3, 3e-4] };
const base = {
  priors: [fakePrior()],
  train: { validation: 100 },
};
const options = { defaultStages };

const read = async (search: unknown, set: readonly string[] = []) =>
  (await normalise({ ...base, search }, {
    ...options,
    overrides: set.map((text) => parseOverride(text)),
  })).search;

describe("search", () => {
  it("is read with what goes without saying", async () => {
    expect(await read({ values })).toEqual({
      stage: "train",
      over: "epochs",
      rungs: [20],
      reduction: 4,
      options: [
        { stage: "train", option: "learningRate", called: "learningRate" },
      ],
      settings: [
        { "train.learningRate": 1e-3 },
        { "train.learningRate": 3e-4 },
      ],
      written: { values, reduction: 4, seed: 0 },
    });
    expect(await read(undefined)).toBeNull();
    expect(await read(null)).toBeNull();
  });

  it("draws from a range, as stages read it", async () => {
    const range = { from: 16, to: 256, scale: "log", whole: true };
    const search = await read({
      values: { ...values, "train.batchSize": range },
      budget: 20,
    });
    expect(search!.settings).toHaveLength(20);
    expect(search!.rungs).toEqual([1, 5, 20]);
  });

  it("leaves out what is set by hand, and so may be left out", async () => {
    const both = { ...values, "train.batchSize": [32, 64] };
    const search = await read({ values: both }, ["train.batchSize=16"]);
    expect(search!.settings).toHaveLength(2);
    expect(await read({ values }, ["train.learningRate=0.1"])).toBeNull();
    expect(await read({ values }, ["search=null"])).toBeNull();
  });

  it.each([
    [
      { values: { "train.rate": [1] } },
      'Cannot read "search.values": found "train.rate", want an option of a stage',
    ],
    [
      { values: { "train.learningRate": [1, -1] } },
      'Cannot read "train.learningRate" of "search.values": found -1, want',
    ],
    [
      { values: { "train.learningRate": [1, 2, 1] } },
      'Cannot read "search.values.train.learningRate": found 1 twice',
    ],
    [
      { values: { "train.epochs": [1, 2] } },
      'found "train.epochs", which the search raises itself, from rung to rung',
    ],
    [
      { values: { "evaluate.nllSamples": [1, 2] } },
      'found "evaluate.nllSamples", which changes nothing of what stage "train" gives',
    ],
    [
      { values, rungs: [4, 2] },
      'Cannot read "search.rungs": found [4,2], want numbers that rise',
    ],
    [
      { values: { "train.learningRate": { from: 1, to: 1 } }, budget: 2 },
      'Cannot read "search.values.train.learningRate": found from 1 to 1, want more',
    ],
    [
      {
        values: { "train.learningRate": { from: 0, to: 1, scale: "log" } },
        budget: 2,
      },
      "found from 0 on a scale of logarithms, want more than 0",
    ],
    [{ values, stage: "sample" }, 'Cannot read "search.stage": found "sample"'],
    [{ values, budget: 0 }, 'Cannot read "search.budget": found 0'],
  ])("refuses %j", async (search, message) => {
    const fault = await faultOf({ ...base, search }, options);
    expect(fault.message).toContain(message);
  });

  it("refuses what is in the matrix, too, and test images in place of held-out ones", async () => {
    const twice = await faultOf(
      { ...base, matrix: values, search: { values } },
      options,
    );
    expect(twice.message).toContain(
      '"train.learningRate", which is in "matrix"',
    );
    const unheld = await faultOf(
      { priors: base.priors, search: { values } },
      options,
    );
    expect(unheld.message).toBe(
      "Cannot search: no images are held out to tell settings apart by, train.validation is 0",
    );
    expect(unheld.hint).toBe("Set train.validation, for MNIST to 10000");
  });
});
