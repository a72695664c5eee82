import { describe, expect, it } from "vitest";
import { preparePlan } from "../../../core/run.ts";
import { summarise } from "../../../core/report/mod.ts";
import { fakeResult } from "../../report/fake_result.ts";
import config from "./paper.config.ts";
import { paperTable } from "./paper_table.ts";

async function summary(options: Parameters<typeof fakeResult>[0]) {
  const { result, store } = fakeResult(options);
  return await summarise(result, store);
}
const outputDirectory = "/nowhere";

describe("paperTable()", () => {
  it("has ours over the published ones", async () => {
    const labels = ["Gaussian(0,1)", "Gaussian(0,1)", "Gamma(3,2)"];
    const text = paperTable(
      await summary({ outputDirectory, labels, seeds: [0, 1, 0] }),
    );
    // NLL 94.92 and 95.41, and one of 100.73, at D = 20.
    expect(text.split("\n")).toEqual([
      "| log p(x), nats | D = 2 | D = 5 | D = 10 | D = 20 | D = 40 |",
      "| --- | --- | --- | --- | --- | --- |",
      "| Gaussian(0,1) |  |  |  | -95.16 ± 0.35 (2) |  |",
      "| _N-VAE, published_ | -135.73 | -110.21 | -93.84 | -88.90 | -88.93 |",
      "| Gamma(3,2) |  |  |  | -100.73 (1) |  |",
    ]);
  });

  it("compares nothing that does not compare", async () => {
    const drawn = await summary({ outputDirectory, synthetic: true });
    expect(() => paperTable(drawn)).toThrow(
      "Cannot compare with published figures: the data are synthetic, want mnist",
    );
    const cut = await summary({ outputDirectory, binarization: "threshold" });
    expect(() => paperTable(cut)).toThrow(
      "Cannot compare Gaussian(0,1) with published figures: its binarisation is threshold, want dynamic",
    );
  });
});

it("the config is the protocol's, for nine priors, five sizes, three seeds", async () => {
  const { trials, config: read } = await preparePlan({
    file: null,
    baseDirectory: import.meta.dirname,
    config: {
      ...config,
      engine: "cpu",
      // Planning looks for the files.
      load_mnist: { source: "synthetic" },
    },
  });
  expect(trials).toHaveLength(9 * 5 * 3);
  expect(read.stageOptions["train"]).toMatchObject({
    patience: 50,
    validation: 10_000,
    binarization: "dynamic",
  });
  expect(read.stageOptions["evaluate"]).toMatchObject({
    nllSamples: 500,
    weights: "best",
  });
});
