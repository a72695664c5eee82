// Two runs are compared image by image by what the store has of them.

import { mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../processes/command.ts";

const CONFIG = {
  priors: ["gaussian"],
  latentDim: 2,
  engine: "wasm",
  load_mnist: { source: "synthetic", trainLimit: 60, testLimit: 20 },
  networks: ["mlp", { hidden: [8] }],
  train: { epochs: 1, batchSize: 20, validation: 0 },
  sample: { generated: 4, reconstructed: 4 },
  evaluate: { nllImages: 10, nllSamples: 5 },
  without: ["explore", "classifier", "latent_metrics", "sample_metrics"],
};
let folder: string;
let runs: string[];

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-terms-")));
  await writeFile(join(folder, "pipeline.config.json"), JSON.stringify(CONFIG));
  for (const seed of [1, 2]) await cli("run", "--quiet", "--seed", `${seed}`);
  runs = await readdir(join(folder, "outputs/runs"));
  expect(runs).toHaveLength(2);
});
afterAll(() => rm(folder, { recursive: true }));

async function cli(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(argv, { cwd: folder });
  expect({ argv, code, stderr }).toEqual({ argv, code: 0, stderr: "" });
  return stdout;
}

/** How the figures of the two runs' trials are compared. */
async function figures(): Promise<Record<string, string>> {
  const said = JSON.parse(await cli("compare", "--json", ...runs));
  const metrics: { name: string; images: string }[] = said.trials[0].metrics;
  return Object.fromEntries(metrics.map(({ name, images }) => [name, images]));
}

test("terms are those of the artifacts, and of none that is gone", async () => {
  const paired = { elbo: "paired", kl: "paired", nll: "paired" };
  expect(await figures()).toMatchObject(paired);
  const store = join(folder, "outputs/store/evaluate");
  const [one] = await readdir(store);
  await rm(join(store, one!), { recursive: true });
  const independent = { elbo: "independent", nll: "independent" };
  expect(await figures()).toMatchObject(independent);
});
