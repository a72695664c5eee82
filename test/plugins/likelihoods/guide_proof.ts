// The guide of likelihoods: its plugin and its config, as printed there, in a
// folder that knows nothing of the project.

import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../../processes/child.ts";

const guide = await readFile(
  new URL("../../../plugins/likelihoods/README.md", import.meta.url),
  "utf8",
);
const [plugin, config] = [
  /^```ts\n(.*?)^```$/ms.exec(guide)![1]!,
  /^```json\n(\{\n.*?)^```$/ms.exec(guide)![1]!,
];
let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-guide-")));
  await writeFile(join(folder, "laplace.ts"), plugin);
  await writeFile(join(folder, "bounded.ts"), bounded);
  await writeFile(join(folder, "pipeline.config.json"), config);
});
afterAll(() => rm(folder, { recursive: true }));

/** The same without a word of the mass that no pixel has. */
const bounded = plugin.replace("    support: real,\n", "");

/** Names of the checks that fail. */
async function failures(file: string): Promise<string[]> {
  const { stdout } = await runCli(
    ["check", join(folder, file), "--engine", "wasm", "--json"],
  );
  const { kind, checks } = JSON.parse(stdout) as {
    kind: string;
    checks: { name: string; verdict: string }[];
  };
  expect(kind).toBe("likelihood");
  return checks.filter(({ verdict }) => verdict === "fail")
    .map(({ name }) => name);
}

test("the likelihood of the guide passes its checks", async () => {
  expect(await failures("laplace.ts")).toEqual([]);
});

test("without its support the integral is found to be less than 1", async () => {
  expect(bounded).not.toBe(plugin);
  expect(await failures("bounded.ts")).toContain("normalised");
});

test("the config of the guide plans it", async () => {
  const { stdout } = await runCli([
    "run",
    "--dry",
    "--json",
    "--config",
    join(folder, "pipeline.config.json"),
    "--set",
    "load_mnist.source=synthetic",
  ]);
  const { trials } = JSON.parse(stdout) as { trials: { label: string }[] };
  expect(trials.map(({ label }) => label))
    .toEqual(["Gaussian(0,1) Gaussian(shared)", "Gaussian(0,1) Laplace(0.1)"]);
});
