import { valuesOf } from "../../core/pipeline/trials.ts";
import { describe, expect, test } from "vitest";
import { normaliseConfig } from "../../core/vae/normalise.ts";
import { parseOverride } from "../../core/config/overrides.ts";
import { isTensorFlowLoaded } from "../../core/engine/tf.ts";
import { fakePrior } from "./fake_priors.ts";
import { fakeStages } from "./fake_stages.ts";
import { faultOf, here, normalise } from "./_normalise.ts";

describe("a config", () => {
  test("is completed", async () => {
    const config = await normalise({ priors: [fakePrior()()] });
    expect(config).toMatchObject({
      name: "default",
      configFile: null,
      engine: "auto",
      concurrency: null,
      outputDirectory: `${here}outputs`,
      storeDirectory: `${here}outputs/store`,
      preset: null,
    });
    expect(valuesOf(config, "latentDim")).toEqual([20]);
    expect(valuesOf(config, "seed")).toEqual([0]);
    expect(config.stageOptions).toEqual({
      train: {
        epochs: 20,
        learningRate: 1e-3,
        binarization: "dynamic",
        hidden: [400],
        even: 2,
      },
      sample: {},
    });
    expect(isTensorFlowLoaded()).toBe(false);
  });

  test("is frozen, deeply", async () => {
    const config = await normalise({ priors: [fakePrior()] });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.stageOptions.train?.hidden)).toBe(true);
    expect(Object.isFrozen(valuesOf(config, "prior")[0]?.options)).toBe(true);
    expect(Object.isFrozen(valuesOf(config, "latentDim"))).toBe(true);
  });

  test("takes lists, and overrides over everything", async () => {
    const config = await normalise({
      priors: [fakePrior()],
      latentDim: [2, 20],
      train: { epochs: 5, hidden: [10] },
      presets: { quick: { seed: 7, latentDim: 3, train: { epochs: 1 } } },
    }, {
      preset: "quick",
      overrides: [parseOverride("seed=[1,2]"), parseOverride("train.even=4")],
    });
    expect(valuesOf(config, "latentDim")).toEqual([3]);
    expect(valuesOf(config, "seed")).toEqual([1, 2]);
    expect(config.preset).toBe("quick");
    expect(config.stageOptions.train).toMatchObject({
      epochs: 1,
      hidden: [10],
      even: 4,
    });
  });

  test("preset full is none", async () => {
    const config = await normalise({
      priors: [fakePrior()],
      train: { epochs: 5 },
      presets: { quick: { train: { epochs: 1 } } },
    }, { preset: "full" });
    expect(config.preset).toBeNull();
    expect(config.stageOptions.train?.epochs).toBe(5);
  });
});

describe("stages", () => {
  test("are added, and replace the default of their name", async () => {
    const [train, sample] = fakeStages;
    const other = { ...train!, version: 9 };
    const added = { ...sample!, name: "embed" };
    const config = await normalise({
      priors: [fakePrior()],
      stages: [other, added],
    });
    expect(config.stages.map(({ name, version }) => [name, version])).toEqual([
      ["train", 9],
      ["sample", 1],
      ["embed", 1],
    ]);
  });
});

test("stages are left out by their names, and their options kept quiet", async () => {
  const given = { priors: [fakePrior()], train: { epochs: 3 } };
  for (const without of ["train", ["train"]]) {
    const { stages, stageOptions } = await normalise({ ...given, without });
    expect(stages.map(({ name }) => name)).toEqual(["sample"]);
    expect(Object.keys(stageOptions)).toEqual(["sample"]);
  }
  await expect(normalise({ ...given, without: ["trian"] })).rejects.toThrow(
    'Cannot read "without": found "trian", want names of stages: "train", "sample"',
  );
});

describe("the project's own", () => {
  test("priors and stages are found by their names", async () => {
    const config = await normaliseConfig({
      priors: ["gaussian", ["beta", { alpha: 2, beta: 3 }]],
    });
    expect(valuesOf(config, "prior").map(({ label }) => label)).toEqual([
      "Gaussian(0,1)",
      "Beta(2,3)",
    ]);
    expect(config.stages.map(({ name }) => name)).toContain("train");
  });

  test("names are offered for a slip", async () => {
    const fault = await faultOf({ priors: ["gausian"] });
    expect(fault.hint).toBe('Did you mean "gaussian"?');
  });
});
