/** Deno, which is a development dependency: a run on wasm of a prior that only it can load. */

import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { BIN, runChild } from "../processes/child.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DENO = join(ROOT, "node_modules/.bin/deno");
const CONFIG = {
  priors: ["./my_prior.ts"],
  networks: ["mlp", { hidden: [16] }],
  latentDim: 2,
  load_mnist: { source: "synthetic", trainLimit: 60, testLimit: 20 },
  train: { epochs: 1, batchSize: 20 },
  evaluate: { nllImages: 10, nllSamples: 10 },
  seed: [0, 1],
  without: ["explore", "classifier", "latent_metrics", "sample_metrics"],
};

test("Deno trains on wasm, loads a prior written for it, and is told what it cannot do", async () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), "vae-priors-deno-")));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  await writeFile(join(cwd, "pipeline.config.json"), JSON.stringify(CONFIG));
  const template = join(ROOT, "plugins/_template/prior/my_prior.ts");
  const prior = await readFile(template, "utf8");
  await writeFile(
    join(cwd, "my_prior.ts"),
    `if (Deno.version.deno === "") throw new Error("no Deno");\n${prior}`,
  );
  const deno = [DENO, "run", "-A", BIN];
  const run = await runChild([...deno, "run"], { cwd });
  expect(run.stderr).toMatch(
    /Engine "wasm", for the native one is not there: Deno [\d.]+ does not run TensorFlow/,
  );
  expect(run).toMatchObject({ code: 0 });
  expect(run.stdout).toMatch(/^Report +outputs\/runs\//m);
  const doctor = await runChild([...deno, "doctor"], { cwd });
  expect(doctor.stdout).toMatch(/^ok +deno +[\d.]+$/m);
  expect(doctor.stdout).toMatch(
    /^warn +native engine +Deno [\d.]+ does not run TensorFlow, whose addon is made for Node\n +Use --engine wasm, or Node$/m,
  );
});
