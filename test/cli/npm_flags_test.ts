import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Command } from "../../core/cli/command.ts";
import { convert } from "../../core/cli/commands/convert.ts";
import { create } from "../../core/cli/commands/new.ts";
import { exportRun } from "../../core/cli/commands/export.ts";
import { gc } from "../../core/cli/commands/gc.ts";
import { run } from "../../core/cli/commands/run.ts";
import { why } from "../../core/cli/commands/why.ts";
import { refuseFlagsOfNpm } from "../../core/cli/npm_flags.ts";
import { UserError } from "../../core/lib/errors.ts";
import { BIN, runChild } from "../processes/child.ts";

const commands: readonly Command[] = [run, gc, convert, why, create, exportRun];

/** What npm leaves of `npm start`, and of `npm run cli`. */
const START = {
  npm_command: "start",
  npm_lifecycle_event: "start",
  npm_lifecycle_script: "node core/cli/bin.mjs run",
};
const CLI = {
  npm_command: "run",
  npm_lifecycle_event: "cli",
  npm_lifecycle_script: "node core/cli/bin.mjs",
};

/** Two stages have the last, and the first of them is meant. */
const KEYS = ["latentDim", "train.learningRate", "train.epochs", "b.epochs"];

function hintOf(argv: readonly string[], env: NodeJS.ProcessEnv) {
  try {
    refuseFlagsOfNpm(argv, commands, { env, keys: KEYS });
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).hint;
  }
  return undefined;
}

describe("the command line that was meant", () => {
  test.each([
    ["npm start -- --dry", ["run"], { dry_run: "true" }],
    ["npm start -- --preset quick", ["run"], { preset: "quick" }],
    ["npm start -- --preset quick", ["run", "quick"], { preset: "true" }],
    ["npm start -- --to train", ["run"], { token_description: "train" }],
    [
      "npm start -- --engine wasm",
      ["run", "wasm"],
      { engine_strict: "true" },
    ],
    [
      "npm start -- --set a=1 --set 'b=\"x\"'",
      ["run"],
      { set: 'a=1\n\nb="x"' },
    ],
    [
      "npm start -- --set <key=value> --set <key=value>",
      ["run", "a=1", "b=2"],
      { set: "true\n\ntrue" },
    ],
    ["npm start -- --dry --seed 7", ["run", "--dry"], { seed: "7" }],
    ["npm start -- --from-record r.json", ["run"], { from_record: "r.json" }],
    ["npm start -- --redis <url>", ["run"], { redis: "redis://:s3cret@h" }],
    [
      "npm start -- --redis <url>",
      ["run", "redis://:s3cret@h"],
      { redis: "true" },
    ],
  ])("%s", (meant, argv, config) => {
    expect(hintOf(argv, { ...START, ...left(config) }))
      .toBe(`Flags stand behind "--": ${meant}`);
  });

  test.each([
    ["npm run cli -- gc --dry", ["gc"], { dry_run: "true" }],
    ["npm run cli -- gc --older-than 30d", ["gc"], { older_than: "30d" }],
    [
      "npm run cli -- why [stage] --run <trial>",
      ["why", "train", "x"],
      { run: "true" },
    ],
    [
      "npm run cli -- new prior x --package; where nobody has typed it, unset npm_config_package",
      ["new", "prior", "x"],
      { package: "true" },
    ],
    // `run` may be followed by a stage there, here it is a switch.
    [
      "npm run cli -- export latest --force; where nobody has typed it, unset npm_config_force",
      ["export", "latest"],
      { force: "true" },
    ],
  ])("%s", (meant, argv, config) => {
    expect(hintOf(argv, { ...CLI, ...left(config) }))
      .toBe(`Flags stand behind "--": ${meant}`);
  });

  test("of a program that is no command", () => {
    const env = {
      npm_command: "run",
      npm_lifecycle_event: "faults",
      npm_lifecycle_script: "node --import tsx test/faults/faults.ts",
    };
    expect(hintOf(["7"], { ...env, ...left({ seed: "true" }) }))
      .toBe('Flags stand behind "--": npm run faults -- --seed 7');
    expect(hintOf(["7"], { ...env, ...left({ dry_run: "true" }) }))
      .toBe('Flags stand behind "--": npm run faults -- 7 --dry');
  });

  test("of a script of one's own, and of npm exec", () => {
    const own = {
      npm_command: "run-script",
      npm_lifecycle_event: "train",
      npm_lifecycle_script: "vae-priors run --preset quick",
      ...left({ seed: "7" }),
    };
    expect(hintOf(["run", "--preset", "quick", "--json"], own))
      .toBe('Flags stand behind "--": npm run train -- --json --seed 7');
    const exec = { npm_command: "exec", ...left({ dry_run: "true" }) };
    expect(hintOf(["gc"], exec)).toBe("Run npx vae-priors gc --dry");
    const ofNpx = { npm_command: "exec", ...left({ package: "vae-priors" }) };
    expect(hintOf(["gc"], ofNpx)).toBeUndefined();
  });
});

test.each([
  ["--set train.epochs=1", ["run"], { epochs: "1" }, "epochs"],
  ["--set train.epochs=1", ["run", "1"], { epochs: "true" }, "epochs"],
  [
    "--dry --set latentDim=2 --set train.learningRate=0.1",
    ["run", "0.1", "--dry"],
    { latent_dim: "2", learningrate: "true" },
    "latent_dim",
  ],
])("a key of the config is no flag: %s", (meant, argv, config, variable) => {
  const hint = hintOf(argv, { ...START, ...left(config) });
  expect(hint).toContain(
    `Flags stand behind "--": npm start -- ${meant}; where`,
  );
  expect(hint).toContain(`, unset npm_config_${variable}`);
  expect(hintOf(["gc"], { ...CLI, ...left(config) })).toBeUndefined();
});

test("what was not typed is no flag", () => {
  const force = left({ force: "true" });
  expect(hintOf(["run"], { ...START, ...force })).toContain("--force");
  expect(hintOf(["run"], { ...START, ...force, NPM_CONFIG_FORCE: "true" }))
    .toBeUndefined();
  expect(hintOf(["run"], { ...START, ...left({ force: "" }) })).toBeUndefined();
  expect(hintOf(["run"], force)).toBeUndefined();
  expect(hintOf(["run"], { ...force, npm_command: "install" }))
    .toBeUndefined();
  expect(hintOf(["run"], { ...START, ...left({ package_lock: "" }) }))
    .toBeUndefined();
  // As people set them for node-gyp and for packages with binaries.
  for (
    const name of ["runtime", "target", "seed_binary_host", "package_lock"]
  ) {
    expect(hintOf(["run"], { ...START, ...left({ [name]: "x" }) }))
      .toBeUndefined();
  }
});

describe("with npm itself", () => {
  let folder: string;

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "vae-priors-npm-")));
    const bin = JSON.stringify(BIN);
    const scripts = { start: `node ${bin} run`, cli: `node ${bin}` };
    write("package.json", { name: "mine", private: true, scripts });
    write("pipeline.config.json", {
      priors: ["gaussian"],
      engine: "cpu",
      load_mnist: { source: "synthetic" },
      // Whatever runs all the same does not run for long.
      without: ["train"],
    });
    writeFileSync(join(folder, "npmrc"), "force = true\njson=true\n");
  });
  afterAll(() => rm(folder, { recursive: true }));

  function write(name: string, value: unknown): void {
    writeFileSync(join(folder, name), JSON.stringify(value));
  }

  function npm(argv: readonly string[], more: NodeJS.ProcessEnv = {}) {
    // This may be a test of npm's own.
    const without = Object.fromEntries(
      Object.keys(process.env).filter((name) => /^npm_/i.test(name))
        .map((name) => [name, undefined]),
    );
    const env = { ...without, ...more };
    return runChild(["npm", ...argv], { cwd: folder, env });
  }

  test.each([
    [["run", "cli", "gc", "--dry"], "npm run cli -- gc --dry"],
    [["start", "--dry"], "npm start -- --dry"],
    [["start", "--preset=quick"], "npm start -- --preset quick"],
    [["start", "--preset", "quick"], "npm start -- --preset quick"],
    [["start", "--seed=7"], "npm start -- --seed 7"],
    [["start", "--epochs=1"], "npm start -- --set train.epochs=1;"],
    [["start", "--latentDim", "2"], "npm start -- --set latentDim=2;"],
    [["start", "--force"], "npm start -- --force;"],
    [["start", "--force=train"], "npm start -- --force train;"],
  ])("%j is refused, and the right command shown", async (argv, meant) => {
    const { code, stdout, stderr } = await npm(argv);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(
        `hint: Flags stand behind "--": ${meant}`,
      ),
    });
    // npm's own lines alone.
    expect(stdout.split("\n").filter((line) => !/^(> .*)?$/.test(line)))
      .toEqual([]);
  });

  test("a flag that npm completes to a setting of its own is found there", async () => {
    const { stdout } = await npm(["config", "list", "--long", "--json"]);
    const settings = Object.keys(JSON.parse(stdout));
    const names = run.flags!.map(({ form }) => form.split(" ")[0]!.slice(2));
    const completed = names.filter((name) => !settings.includes(name))
      .flatMap((name) => settings.filter((one) => one.startsWith(name)));
    expect(completed).toContain("dry-run");
    for (const name of completed) {
      const config = { [name.replaceAll("-", "_")]: "x" };
      expect({ name, hint: hintOf(["run"], { ...START, ...left(config) }) })
        .toEqual({ name, hint: expect.stringContaining("npm start -- --") });
    }
  });

  test("flags behind -- arrive, and settings of npm's own do not matter", async () => {
    const settings = { npm_config_userconfig: join(folder, "npmrc") };
    const { code, stdout } = await npm(
      ["run", "cli", "--", "gc", "--dry"],
      settings,
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining("Would keep 0 artifacts"),
    });
  });
});

function left(config: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(config).map((
      [name, value],
    ) => [`npm_config_${name}`, value]),
  );
}
