// `new prior` as it is typed, and what one does with it: check, pack, install,
// run from a JSON config, test.

import {
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChildEnd, runChild } from "../processes/child.ts";
import { runCommand } from "../processes/command.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-new-")));
});
afterAll(() => rm(folder, { recursive: true }));

function run(cwd: string, ...command: string[]): Promise<ChildEnd> {
  return runChild(command, { cwd });
}

function cli(cwd: string, ...argv: string[]): Promise<ChildEnd> {
  return runCommand(argv, { cwd });
}

test("a new prior passes every check as it is", async () => {
  const made = await cli(folder, "new", "prior", "my_prior");
  expect(made).toMatchObject({ code: 0, stderr: "" });
  expect(made.stdout).toMatch(
    /^node .*bin\.mjs check \.\/my_prior\.ts {4}after each change$/m,
  );
  const { code, stdout } = await cli(
    folder,
    "check",
    "./my_prior.ts",
    "--engine",
    "wasm",
    "--set",
    "scale=2",
    "--json",
  );
  const { passed, prior } = JSON.parse(stdout);
  expect({ code, passed }).toEqual({ code: 0, passed: true });
  expect(prior.label).toBe("MyPrior(0,2)");
});

test.each([
  [
    ["new", "stage", "x"],
    'Cannot make a "stage": want one of "prior", "network"',
  ],
  [["new", "prior"], 'Cannot run "new": <name> is missing'],
  [["new", "prior", "Mine"], 'Cannot make a prior "Mine"'],
  [["new", "prior", "beta"], "plugins/ has one of that name"],
  [
    ["new", "prior", "other", "--directory", "/"],
    'Cannot make the files in "/": it is the root of the file system',
  ],
  [["new", "prior", "other", "--directory", ".."], "around the project"],
])("%j is a mistake of the user's, and exits with 2", async (argv, message) => {
  const { code, stdout, stderr } = await cli(folder, ...argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});

describe("a new package", () => {
  let home: string;

  beforeAll(async () => {
    // The package's name says the same as the prior's.
    const argv = ["new", "prior", "vae-prior-half-normal", "--package"];
    const { code, stdout } = await cli(folder, ...argv, "--directory", "mine");
    expect(code).toBe(0);
    expect(stdout).toContain("npm install ./mine/vae-prior-half-normal");
    home = join(folder, "mine/vae-prior-half-normal");
  });

  test(
    "is packed, installed elsewhere, and named in a JSON config",
    async () => {
      const packed = await run(home, "npm", "pack", "--silent");
      const archive = join(home, packed.stdout.trim());
      const place = join(folder, "elsewhere");
      await mkdir(place);
      await writeFile(join(place, "package.json"), '{ "name": "elsewhere" }');
      const flags = ["--offline", "--no-audit", "--no-fund"];
      const installed = await run(place, "npm", "install", ...flags, archive);
      expect(installed).toMatchObject({ code: 0 });
      expect(await readdir(join(place, "node_modules/vae-prior-half-normal")))
        .toEqual(expect.arrayContaining(["half_normal.ts", "package.json"]));
      const config = {
        priors: [["half-normal", { scale: 0.5 }]],
        latentDim: 2,
        engine: "wasm",
        load_mnist: { source: "synthetic", trainLimit: 300, testLimit: 50 },
        networks: ["mlp", { hidden: [16] }],
        train: { epochs: 1, validation: 0 },
        evaluate: { nllImages: 5, nllSamples: 5 },
        without: ["latent_metrics", "classifier", "sample_metrics", "explore"],
      };
      await writeFile(
        join(place, "pipeline.config.json"),
        JSON.stringify(config),
      );
      const { code, stdout } = await cli(place, "run", "--json", "--quiet");
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        runs: [{ label: "HalfNormal(0,0.5)" }],
      });
    },
  );

  test("tests itself, beside vae-priors and vitest", async () => {
    const modules = join(home, "node_modules");
    await mkdir(modules);
    await symlink(root, join(modules, "vae-priors"));
    await symlink(join(root, "node_modules/vitest"), join(modules, "vitest"));
    const { code, stdout } = await run(
      home,
      process.execPath,
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      "--no-color",
      "-t",
      "Contract|Shapes|refuses",
    );
    expect(stdout).toMatch(/Tests +5 passed \| \d+ skipped/);
    expect(code).toBe(0);
  });
});
