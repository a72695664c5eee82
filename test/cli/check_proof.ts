// `check` as it is typed, from a folder that is not the project's.

import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../processes/command.ts";

const readme = new URL("../../README.md", import.meta.url);
let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-check-")));
  // The prior of the README, whole and with one sign changed.
  const [, plugin = ""] = /^```ts\n(import \{ definePrior.*?)^```$/ms
    .exec(await readFile(readme, "utf8")) ?? [];
  const wrong = plugin.replace(
    "tf.add(1, tf.log(variance))",
    "tf.log(variance)",
  );
  expect(wrong).not.toBe(plugin);
  await writeFile(join(folder, "my_prior.ts"), plugin);
  await writeFile(join(folder, "wrong.ts"), wrong);
  await writeFile(join(folder, "none.ts"), "export default {};\n");
});
afterAll(() => rm(folder, { recursive: true }));

const check = (...argv: string[]) =>
  runCommand(["check", ...argv], { cwd: folder });

test("a prior in a file is checked, and exits with 0", async () => {
  const { code, stdout } = await check("./my_prior.ts", "--engine", "wasm");
  expect(stdout).toMatch(/^My-gaussian on wasm\n\npass +Contract and options/);
  expect(stdout).toMatch(
    /^- +Compiled step +only the native engine compiles/m,
  );
  // It has no densities: that is said, check by check.
  expect(stdout).toMatch(/^- +KL against the densities +it has no densities/m);
  expect(stdout).toMatch(
    /\n\n\d+ checks pass, none fails, 6 do not apply\n$/,
  );
  expect(code).toBe(0);
});

test("a failure exits with 1, and --json is one line", async () => {
  const { code, stdout } = await check(
    "./wrong.ts",
    "--engine",
    "wasm",
    "--seed",
    "3",
    "--json",
  );
  expect(code).toBe(1);
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    kind: "prior",
    prior: { name: "my-gaussian", version: "1.0.0", label: "My-gaussian" },
    module: expect.stringMatching(/^file:.*wrong\.ts$/),
    engine: { name: "wasm" },
    seed: 3,
    passed: false,
  });
  const sign = result.checks.find(({ name }: { name: string }) =>
    name === "kl-sign"
  );
  expect(sign).toMatchObject({ verdict: "fail", limit: expect.any(Number) });
});

test.each([
  [["betta"], 'Cannot find plugin "betta" (the command line)', 'mean "beta"?'],
  [
    ["no_such"],
    '"weibull") or plugins/networks/ ("conv", "mlp", "resnet") or plugins/likelihoods/ ("bernoulli", ',
    'with its path: "./no_such.ts"',
  ],
  [
    ["mlp", "--kind", "prior"],
    'Cannot find prior "mlp" (the command line)',
    "hint:",
  ],
  [["mlp", "--kind", "net"], 'found "net", want one of "prior", "network"', ""],
  [
    ["./none.ts"],
    "its default export is an object, want what definePrior, defineNetwork, defineLikelihood or defineObjective gives",
    "export default definePrior",
  ],
  [["./gone.ts"], 'gone.ts": no such file', "hint:"],
  [["./"], '": it is a folder', "a package is installed"],
  [["beta", "--set", "alhpa=2"], 'Cannot read "beta.alhpa"', 'mean "alpha"?'],
  [["beta", '{"alpha": -1}'], 'Cannot read "beta.alpha": found -1', ""],
  [["beta", "{alpha}"], 'Cannot read the options "{alpha}"', "Quote them"],
  [["beta", "[1]"], "want a JSON object", "For instance"],
  [["beta", "--engine", "gpu"], 'found "gpu", want one of "auto"', ""],
  [["beta", "--seed", "1.5"], 'found "1.5", want a whole number', ""],
  [[], "<plugin> is missing", "check --help"],
])(
  "%j is a mistake of the user's, and exits with 2",
  async (argv, message, hint) => {
    const { code, stdout, stderr } = await check(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  },
);
