// `new prior` as it is typed, and its check; what one does with a package says
// test/package/archive_proof.ts.

import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChildEnd } from "../processes/child.ts";
import { runCommand } from "../processes/command.ts";

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-new-")));
});
afterAll(() => rm(folder, { recursive: true }));

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
