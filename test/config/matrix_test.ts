import { describe, expect, it } from "vitest";
import { nameTrials, valuesOf } from "../../core/pipeline/trials.ts";
import { configForm } from "../../core/runs/config_form.ts";
import { giveEngine } from "../../core/vae/engine_provider.ts";
import { normaliseConfig } from "../../core/vae/normalise.ts";
import { parseOverride } from "../../core/config/overrides.ts";
import { fakePrior } from "./fake_priors.ts";
import { fakeStages } from "./fake_stages.ts";

const rates = { "train.learningRate": [1e-3, 3e-4] };
const read = (
  config: Readonly<Record<string, unknown>>,
  set: readonly string[] = [],
) =>
  normaliseConfig({ priors: [fakePrior()], ...config }, {
    defaultStages: fakeStages,
    overrides: set.map((text) => parseOverride(text)),
  });

describe("matrix", () => {
  it("makes any option of a stage an axis, and what is averaged over stays last", async () => {
    const config = await read({
      latentDim: [2, 3],
      seed: [0, 1],
      matrix: rates,
    });
    expect(config.axes.map(({ axis }) => axis.name))
      .toEqual([
        "prior",
        "network",
        "likelihood",
        "objective",
        "latentDim",
        "train.learningRate",
        "seed",
      ]);
    const trials = nameTrials(config.axes);
    expect(trials).toHaveLength(8);
    expect(trials[2]).toMatchObject({
      id: "fake-1-x-d2-learningrate-0.0003-s0",
      label: "Fake(1,x) D=2 learningRate=0.0003 seed 0",
      group: "Fake(1,x) D=2 learningRate=0.0003",
    });
  });

  it("leaves out what is set by hand", async () => {
    const config = await read({ matrix: rates }, ["train.learningRate=0.01"]);
    expect(valuesOf(config, "train.learningRate")).toEqual([]);
    expect(config.stageOptions.train?.learningRate).toBe(0.01);
  });

  it.each([
    [
      { "train.learningrate": [1] },
      'Cannot read "matrix": found "train.learningrate", want an option of a stage',
    ],
    [
      { "train.epochs": 3 },
      'Cannot read "matrix.train.epochs": found 3, want a list of values',
    ],
    [{ "train.epochs": [] }, "want a list of values"],
    [{ "train.epochs": [3, 0] }, 'Cannot read "train.epochs" of "matrix"'],
  ])("refuses %j", async (matrix, message) => {
    await expect(read({ matrix })).rejects.toThrow(message);
  });

  it("refuses one value twice", async () => {
    const { axes } = await read({ matrix: { "train.epochs": [3, 3] } });
    expect(() => nameTrials(axes)).toThrow(
      'Cannot plan: values of "train.epochs" 1 and 2 are both 3',
    );
  });
});

describe("exclude", () => {
  const exclude = [
    { prior: "Fake(1,x)", "train.learningRate": 1e-3 },
    { latentDim: 3 },
  ];

  it("leaves out the trials that have all of it", async () => {
    const config = await read({ latentDim: [2, 3], matrix: rates, exclude });
    expect(nameTrials(config.axes, config.exclude).map(({ label }) => label))
      .toEqual(["Fake(1,x) D=2 learningRate=0.0003"]);
  });

  it.each([
    [{ priors: "x" }, 'Cannot read "exclude[0]": found "priors"'],
    [{ prior: "x" }, 'Cannot read "exclude[0].prior": found "x"'],
    [{}, 'Cannot read "exclude[0]": it is empty'],
  ])("refuses %j", async (entry, message) => {
    await expect(read({ exclude: [entry] })).rejects.toThrow(message);
  });

  it("refuses to leave out everything", async () => {
    const { axes, exclude } = await read({ exclude: [{ seed: 0 }] });
    expect(() => nameTrials(axes, exclude)).toThrow("leaves no trial");
  });
});

it("a record has both, and reads the same again", async () => {
  const written = { latentDim: [2, 3], matrix: rates };
  const config = await read({
    ...written,
    exclude: [{ latentDim: 3, "train.learningRate": 1e-3 }],
  });
  const engine = giveEngine({ name: "cpu", version: "test" }, config);
  const form = configForm({ config, shared: { engine: engine.value } });
  expect(form).toMatchObject({
    ...written,
    exclude: [{ latentDim: "D=3", "train.learningRate": "learningRate=0.001" }],
  });
  const again = await read({ ...written, exclude: form.exclude });
  const labels = ({ axes, exclude }: typeof config) =>
    nameTrials(axes, exclude).map(({ label }) => label);
  expect(labels(again)).toEqual(labels(config));
  expect(labels(again)).toHaveLength(3);
});
