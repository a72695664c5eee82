// Flags before "--" as npm itself leaves them.

import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../core/cli/commands/run.ts";
import { BIN, runChild } from "../processes/child.ts";
import { hintOf, left, START } from "./_npm_flags.ts";

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
