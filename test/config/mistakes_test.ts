import { describe, expect, test } from "vitest";
import { fakePrior } from "./fake_priors.ts";
import { fakeStages } from "./fake_stages.ts";
import { faultOf, here } from "./_normalise.ts";

describe("a mistake is named", () => {
  const priors = [fakePrior()];
  test.each<[unknown, string, string?]>([
    [
      5,
      'Cannot read the config: found 5, want an object with at least "priors"',
    ],
    [{}, 'Cannot read "priors": found nothing, want a list that is not empty'],
    [
      { priors: [] },
      'Cannot read "priors": found [], want a list that is not empty',
    ],
    [
      { priors, trian: {} },
      'Cannot read "trian": the config has no such key; keys are "name", "priors"',
      'Did you mean "train"?',
    ],
    [
      { priors, epochs: 3 },
      'Cannot read "epochs": the config has no such key',
      'It is an option of stage "train": write "train.epochs"',
    ],
    [
      { priors, train: { epochs: "many" } },
      'Cannot read "train.epochs": found "many", want a whole number of at least 1 (stage "train")',
    ],
    [
      { priors, train: { epochs: 0 } },
      'Cannot read "train.epochs": found 0, want a whole number of at least 1',
    ],
    [
      { priors, train: { hidden: [10, 1.5] } },
      'Cannot read "train.hidden[1]": found 1.5, want a whole number of at least 1',
    ],
    [
      { priors, train: { binarization: "gray" } },
      'Cannot read "train.binarization": found "gray", want "dynamic" or "grey"',
    ],
    [
      { priors, train: { even: 3 } },
      'Cannot read "train.even": found 3: want it even',
    ],
    [
      { priors, train: { epoch: 3 } },
      'Cannot read "train.epoch": stage "train" has no such option, it has "epochs", "learningRate"',
      'Did you mean "epochs"?',
    ],
    [
      { priors, train: 3 },
      'Cannot read "train": found 3, want an object with "epochs"',
    ],
    [
      { priors, latentDim: 0 },
      'Cannot read "latentDim": found 0, want a whole number of at least 1 or a list',
    ],
    [
      { priors, seed: [1, 1] },
      'Cannot read "seed": found [1,1]: want each of them once',
    ],
    [
      { priors, seed: -1 },
      'Cannot read "seed": found -1, want a whole number from 0 to 4294967295',
    ],
    [
      { priors, engine: "gpu" },
      'Cannot read "engine": found "gpu", want "auto", "native", "wasm" or "cpu"',
    ],
    [{ priors, name: "a/b" }, 'Cannot read "name": found "a/b": want letters'],
    [
      { priors, presets: { full: {} } },
      'Cannot read "presets.full": the name "full" stands for the config without a preset',
    ],
    [
      { priors, presets: { quick: { priors: [] } } },
      'Cannot read "presets.quick.priors": found [], but a preset may only set "networks", "likelihoods", "objectives", "latentDim", "seed", "train", "sample"',
    ],
    [
      { priors, presets: { quick: { train: { epochs: 0 } } } },
      'Cannot read "train.epochs" of preset "quick": found 0, want',
    ],
    // Wrong without the preset, too, for which nobody asked.
    [
      {
        priors,
        train: { epoch: 3 },
        presets: { quick: { train: { epochs: 1 } } },
      },
      'Cannot read "train.epoch": stage "train" has no such option',
      'Did you mean "epochs"?',
    ],
    [
      { priors, train: { rate: -1 }, presets: { quick: { sample: {} } } },
      'Cannot read "train.rate": ',
    ],
    [
      { priors, fallbackPreset: "quik", presets: { quick: {} } },
      'Cannot use preset "quik": the config has "full", "quick"',
      'Did you mean "quick"?',
    ],
    [{ priors: [7] }, 'Cannot read "priors[0]": found 7, want a prior'],
    [
      { priors: ["no_such_prior_at_all"] },
      'Cannot find prior "no_such_prior_at_all" (priors[0]): it is none of plugins/',
      'A prior in a file is written with its path: "./no_such_prior_at_all.ts"',
    ],
    [
      { priors: ["mine.ts"] },
      'Cannot find prior "mine.ts" (priors[0])',
      'A file is written with "./": "./mine.ts"',
    ],
    [
      { priors, stages: ["no_such_stage"] },
      `Cannot find stage "no_such_stage" (stages[0]): no npm package of that name is installed for "${
        here.slice(0, -1)
      }"`,
      'A stage in a file is written with its path: "./no_such_stage.ts"',
    ],
    [
      { priors, stages: ["mine.ts"] },
      'Cannot find stage "mine.ts" (stages[0])',
      'A file is written with "./": "./mine.ts"',
    ],
    [
      { priors: ["./missing.ts"] },
      `Cannot load prior "${here}missing.ts": no such file`,
    ],
    [
      { priors: [fakePrior()({ alpha: -1 })] },
      'Cannot read "priors[0].alpha": found -1, want a number above 0 (prior "fake")',
    ],
    [
      { priors, name: "n".repeat(101) },
      'Cannot read "name": found "nnnn',
    ],
    [
      { priors: [fakePrior(), { ...fakePrior()(), options: { alpa: 1 } }] },
      'Cannot read "priors[1].alpa": prior "fake" has no such option, it has "alpha", "name"',
      'Did you mean "alpha"?',
    ],
    [
      { priors: [fakePrior(), fakePrior()({ alpha: 1 })] },
      'Cannot use prior "Fake(1,x)" twice: priors[0] and priors[1] have the same options',
    ],
    [
      { priors: [fakePrior(), fakePrior({ module: "file:///other.ts" })] },
      'Cannot use two priors named "fake": priors[0] is file:///priors/fake.ts, priors[1] is file:///other.ts',
    ],
    [
      { priors: [fakePrior({ apiVersion: 2 })] },
      'Cannot use prior "fake" (priors[0]): it is written for version 2 of the prior contract, this vae-priors speaks version 1',
      "Update vae-priors, or take an older release of the plugin",
    ],
    [
      { priors: [fakePrior({ name: "My Prior" })] },
      'Cannot use the prior of priors[0]: its name is "My Prior"',
    ],
    [
      { priors: [fakePrior({ options: {} })] },
      'Cannot use prior "fake" (priors[0]): its options are not a schema',
    ],
    [
      { priors: [fakePrior({ module: "fake.ts" })] },
      'Cannot use prior "fake" (priors[0]): its module is "fake.ts", want import.meta.url',
    ],
    [
      { priors, stages: [fakeStages[0], fakeStages[0]] },
      'Cannot use two stages named "train": stages[0] and stages[1]',
    ],
    [
      { priors, stages: [{ ...fakeStages[0], name: "seed" }] },
      'Cannot use stage "seed" (stages[0]): a config has a key of that name',
    ],
    [{ priors, stages: [3] }, 'Cannot read "stages[0]": found 3, want a stage'],
    [
      { priors, stages: ["no-such-stage"] },
      'Cannot find stage "no-such-stage" (stages[0])',
    ],
  ])("%#", async (config, message, hint) => {
    const fault = await faultOf(config);
    expect(fault.message).toContain(message);
    if (hint !== undefined) expect(fault.hint).toBe(hint);
  });

  test("a preset that is not there", async () => {
    const fault = await faultOf({ priors }, { preset: "quick" });
    expect(fault.message).toBe(
      'Cannot use preset "quick": the config has "full"',
    );
  });

  test("a prior written into the config itself", async () => {
    const fault = await faultOf(
      { priors: [fakePrior({ module: "file:///p/pipeline.config.ts" })] },
      { configFile: "/p/pipeline.config.ts" },
    );
    expect(fault.message).toContain(
      'Cannot use prior "fake": it is written in file:///p/pipeline.config.ts',
    );
    expect(fault.hint).toContain("Move it to a file of its own");
  });

  test("two mistakes are both told, the unknown key first", async () => {
    const fault = await faultOf({ priors, train: { epochs: 0, epoch: 1 } });
    expect(fault.message.split("\n")).toHaveLength(2);
    expect(fault.message).toMatch(/^Cannot read "train\.epoch": stage/);
  });
});
