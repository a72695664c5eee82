// The guide in plugins/objectives/README.md: its objective, its config and its
// commands, as printed there, in a folder that knows nothing of the project.

import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as objectives from "../../plugins/objectives/mod.ts";
import { nativeMissing } from "../engine/backends.ts";
import { BIN, outputOf } from "../processes/child.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const guide = await readFile(
  join(root, "plugins/objectives/README.md"),
  "utf8",
);
const FOLDER = "../miwae_study";
let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-guide-")));
  await writeFile(join(folder, "miwae.ts"), block("ts", "defineObjective({"));
  await writeFile(
    join(folder, "pipeline.config.json"),
    block("json", '"objectives"'),
  );
});
afterAll(() => rm(folder, { recursive: true }));

/** The one block of code in language `language` that contains `mark`. */
function block(language: string, mark: string): string {
  const fence = new RegExp("^```" + language + "\\n(.*?)^```$", "gms");
  const found = [...guide.matchAll(fence)].map(([, code]) => code!)
    .filter((code) => code.includes(mark));
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** What a printed command says; `start` matches its beginning. */
async function run(start: RegExp, command: string): Promise<unknown> {
  const [, words] = start.exec(guide)!;
  const argv = words!.split(" ").map((word) => word.replace(FOLDER, folder));
  expect(argv.join(" ")).toContain(folder);
  const settings = command === "check"
    ? ["--engine", nativeMissing() ? "wasm" : "native"]
    : ["--set", "load_mnist.source=synthetic", "--set", "engine=cpu"];
  return JSON.parse(
    await outputOf(
      [process.execPath, BIN, command, ...argv, ...settings, "--json"],
      { cwd: root },
    ),
  );
}

test("its objective passes every check", async () => {
  const found = await run(/^npm run cli check (.*)$/m, "check");
  expect(found).toMatchObject({
    passed: true,
    options: { groups: 2, samples: 4 },
  });
  const { checks } = found as { checks: { name: string; verdict: string }[] };
  const asked = checks.filter(({ verdict }) => verdict === "pass");
  expect(asked.length).toBe(checks.length - (nativeMissing() ? 1 : 0));
  const [, table = ""] = /^\| check +\|.*\n\|.*\n((?:\|.*\n)+)/m.exec(guide)!;
  const printed = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(printed).toEqual(checks.map(({ name }) => name));
});

test("its config is planned, from JSON", async () => {
  const { trials } = await run(/^npm start -- (--dry.*)$/m, "run") as {
    trials: { label: string }[];
  };
  expect(trials.map(({ label }) => label))
    .toEqual(["Gaussian(0,1) ELBO", "Gaussian(0,1) Miwae(2,4)"]);
});

test("its table has all objectives, their options and defaults", () => {
  for (const { definition } of Object.values(objectives)) {
    const row = guide.split("\n")
      .find((line) => line.startsWith(`| [${definition.name}](`));
    expect(row, definition.name).toBeDefined();
    for (const [name, schema] of Object.entries(definition.options.entries)) {
      const { default: usual } = schema as { readonly default?: unknown };
      expect(row).toContain(`\`${name}\` ${usual}`);
    }
  }
});
