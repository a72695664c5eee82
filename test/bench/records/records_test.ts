import { expect, it } from "vitest";
import { preparePlan } from "../../../core/run.ts";
import { summarise } from "../../../core/report/mod.ts";
import type { PipelineConfig } from "../../../core/mod.ts";
import { fakeResult } from "../../report/fake_result.ts";
import iwae from "./iwae.config.ts";
import { PUBLISHED } from "./published.ts";
import { recordsTable } from "./records_table.ts";
import vampprior from "./vampprior.config.ts";

async function labelsOf(config: PipelineConfig): Promise<string[]> {
  const { trials } = await preparePlan({
    file: null,
    baseDirectory: import.meta.dirname,
    config: {
      ...config,
      engine: "cpu",
      // Planning looks for the files.
      load_mnist: { source: "synthetic" },
    },
  });
  return trials.map(({ label }) => label);
}

it("the configs have a trial for each published figure", async () => {
  const labels = {
    vampprior: await labelsOf(vampprior),
    iwae: await labelsOf(iwae),
  };
  for (const { config, trial } of PUBLISHED) {
    expect(labels[config as keyof typeof labels]).toContain(trial);
  }
});

it("ours stand beside the published, and what is missing is empty", async () => {
  const { result, store } = fakeResult({
    outputDirectory: "/nowhere",
    labels: ["Gaussian(0,1)"],
  });
  const summary = await summarise(result, store);
  const lines = recordsTable({ vampprior: summary, iwae: null }, PUBLISHED)
    .split("\n");
  expect(lines).toHaveLength(2 + PUBLISHED.length);
  expect(lines[2]).toMatch(
    /^\| vampprior \| Gaussian\(0,1\) \| 84\.45 ± 0\.12 \(Tomczak and Welling 2018\) \| 94\.92 ± 0\.75 \| 500 \| 1000 \| \d+ \|$/,
  );
  expect(lines[4]).toBe(
    "| iwae | Gaussian(0,1) ELBO | 86.76 (Burda et al. 2016, table 1) |  |  |  |  |",
  );
});

it("drawn digits do not compare", async () => {
  const { result, store } = fakeResult({
    outputDirectory: "/nowhere",
    synthetic: true,
  });
  const summary = await summarise(result, store);
  expect(() => recordsTable({ iwae: summary }, PUBLISHED))
    .toThrow("the data are synthetic, want mnist");
});
