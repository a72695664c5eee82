// The guide in plugins/README.md: its plugin and its config, as printed there,
// in a folder that knows nothing of the project.

import {
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BIN, outputOf, runChild } from "../processes/child.ts";
import type { Measured } from "./_measure_prior.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const guide = await readFile(join(root, "plugins/README.md"), "utf8");
const plugin = block("ts", 'export default definePrior({\n  name: "laplace"');
const config = block("json", '"priors"');
let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-guide-")));
  await writeFile(join(folder, "laplace.ts"), plugin);
  await writeFile(join(folder, "pipeline.config.json"), config);
});
afterAll(() => rm(folder, { recursive: true }));

/** The one block of code in language `language` that contains `mark`. */
function block(language: string, mark: string): string {
  const fence = new RegExp("^```" + language + "\\n(.*?)^```$", "gms");
  const found = [...guide.matchAll(fence)].map(([, code]) => code!)
    .filter((code) => code.includes(mark));
  if (found.length === 1) return found[0]!;
  throw new Error(
    `Found ${found.length} blocks of ${language} with ${mark}, want 1`,
  );
}

test("the plugin has no more lines than the guide says", () => {
  const [, promised] = /^## Write a prior in (\d+) lines/m.exec(guide) ?? [];
  expect(plugin.trimEnd().split("\n").length)
    .toBeLessThanOrEqual(Number(promised));
});

test("the command of the guide plans it, from JSON", async () => {
  const place = "../laplace_study/pipeline.config.json";
  const [, words] = /^npm start -- (.*--dry.*)$/m.exec(guide) ?? [];
  expect(words).toContain(place);
  const argv = words!.split(" ")
    .map((word) =>
      word === place ? join(folder, "pipeline.config.json") : word
    );
  const stdout = await outputOf([
    process.execPath,
    BIN,
    "run",
    ...argv,
    "--set",
    "load_mnist.source=synthetic",
    "--set",
    "engine=cpu",
    "--json",
  ], { cwd: root });
  const { trials } = JSON.parse(stdout) as {
    trials: { label: string; stages: { status: string }[] }[];
  };
  expect(trials.map(({ label }) => label))
    .toEqual(["Gaussian(0,1)", "Laplace(0,0.7071)"]);
  for (const { stages } of trials) expect(stages.length).toBeGreaterThan(0);
});

test("TypeScript infers the names of the parameters", async () => {
  const tsconfig = block("json", '"paths"');
  expect(tsconfig).toContain("../vae-priors/");
  const { resolve } = createRequire(import.meta.url);
  const tsc = join(dirname(resolve("typescript/package.json")), "bin/tsc");
  const check = async (name: string, code: string) => {
    const place = join(folder, name);
    await mkdir(place);
    await writeFile(join(place, "laplace.ts"), code);
    await writeFile(
      join(place, "tsconfig.json"),
      tsconfig.replaceAll("../vae-priors/", root),
    );
    const command = [process.execPath, tsc, "-p", place];
    const { stdout, stderr } = await runChild(command);
    return stdout + stderr;
  };
  expect(await check("typed", plugin)).toBe("");
  const wrong = plugin.replace("({ location })", "({ mean })");
  expect(wrong).not.toBe(plugin);
  expect(await check("mistyped", wrong))
    .toMatch(/Property 'mean' does not exist/);
});

test("shapes, KL, densities and sampler agree", async () => {
  const stdout = await outputOf([
    process.execPath,
    "--import",
    import.meta.resolve("tsx"),
    fileURLToPath(new URL("./_measure_prior.ts", import.meta.url)),
    pathToFileURL(join(folder, "laplace.ts")).href,
  ], { cwd: folder });
  const measured = JSON.parse(stdout) as Measured;
  expect(measured.units).toEqual({ location: 2, scale: 2 });
  expect(measured.least.scale).toBeGreaterThan(0);
  expect(measured.shapes).toEqual({
    sample: [3, 2],
    klDivergence: [3],
    posteriorMean: [3, 2],
    priorSample: [5, 2],
    "densities.posterior": [3],
    "densities.prior": [3],
  });
  for (const kl of measured.selfKl) expect(Math.abs(kl)).toBeLessThan(1e-6);
  expect(measured.kl).toHaveLength(4);
  for (const { closed, mean, error } of measured.kl) {
    expect(closed).toBeGreaterThan(0);
    expect(Math.abs(mean - closed)).toBeLessThan(5 * error);
  }
  const { mean, error } = measured.priorDistance;
  expect(Math.abs(mean - 0.7)).toBeLessThan(5 * error);
  expect(measured.gradient).toEqual(Array(6).fill(1));
});
