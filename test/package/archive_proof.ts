// What `npm pack` gives, installed in an empty folder: what is in it, its types,
// its keys, a project, and a package of a prior, from `new` to a report.

import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { runCommand } from "../processes/command.ts";
import { installArchive, type Installed } from "./_install.ts";

const found = await installArchive();
const isMissing = typeof found === "string";
const { folder, run, cli, borrow, remove } = found as Installed;
if (isMissing) console.log(`The archive is not tested: ${found}`);
afterAll(() => remove?.());

const TYPESCRIPT = fileURLToPath(
  new URL("../../node_modules/typescript/bin/tsc", import.meta.url),
);
const CONFIG = {
  latentDim: 2,
  engine: "wasm",
  load_mnist: { source: "synthetic", trainLimit: 300, testLimit: 50 },
  networks: ["mlp", { hidden: [16] }],
  train: { epochs: 1, validation: 0 },
  evaluate: { nllImages: 5, nllSamples: 5 },
  without: ["latent_metrics", "classifier", "sample_metrics", "explore"],
};

describe.skipIf(isMissing)("the archive", () => {
  test("has what its exports name, and neither tests nor sources", async () => {
    const home = join(folder, "node_modules/vae-priors");
    const { exports } = JSON.parse(
      await readFile(join(home, "package.json"), "utf8"),
    );
    const targets = Object.values(exports).flatMap((target) =>
      typeof target === "string" ? [target] : Object.values(target as object)
    );
    expect(targets.filter((target) => !existsSync(join(home, target))))
      .toEqual([]);
    const files = await readdir(home, { recursive: true });
    const stray = files.filter((file) => !file.includes("_template")).filter((
      file,
    ) =>
      /(?:_test|\.test)\.|\bfixtures\b/.test(file) ||
      (file.endsWith(".ts") && !file.endsWith(".d.ts"))
    );
    expect(stray).toEqual([]);
  });

  test("computes under the keys of a checkout", async () => {
    const file = join(folder, "keys.config.json");
    const priors = ["gaussian", "beta", "flow"];
    await writeFile(file, JSON.stringify({ ...CONFIG, priors }));
    const words = ["status", "--json", "--config", file];
    const { stdout, stderr } = await cli(...words);
    expect(stderr).toBe("");
    const { run, stale } = JSON.parse(stdout);
    const ours = await runCommand(words, { cwd: folder });
    expect({ run, stale }).toEqual({
      run: JSON.parse(ours.stdout).run,
      stale: JSON.parse(ours.stdout).stale,
    });
  });

  test("makes a project that a strict compiler has nothing to say on", async () => {
    expect(await cli("init")).toMatchObject({ code: 0, stderr: "" });
    for (const name of ["@types/node", "vitest", "typescript"]) {
      await borrow(name);
    }
    for (const resolution of ["nodenext", "bundler"]) {
      const module = resolution === "bundler" ? "esnext" : resolution;
      const flags = ["--module", module, "--moduleResolution", resolution];
      const command = [process.execPath, TYPESCRIPT, "-p", ".", ...flags];
      const { code, stdout } = await run([
        ...command,
        "--skipLibCheck",
        "false",
      ]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    }
  });

  test("has types that need no one else's, as a compiler of today takes none unasked", async () => {
    const home = join(folder, "typed");
    await mkdir(home);
    const { exports } = JSON.parse(
      await readFile(
        join(folder, "node_modules/vae-priors/package.json"),
        "utf8",
      ),
    );
    const entries = Object.keys(exports)
      .filter((entry) => !entry.endsWith(".json"))
      .map((entry, i) =>
        `export * as e${i} from "vae-priors${entry.slice(1)}";`
      );
    await writeFile(join(home, "all.mts"), entries.join("\n"));
    const compilerOptions = {
      ...{ strict: true, skipLibCheck: false, noEmit: true },
      ...{ module: "nodenext", target: "ES2023", types: [] },
    };
    await writeFile(
      join(home, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["all.mts"] }),
    );
    expect(await run([process.execPath, TYPESCRIPT, "-p", home]))
      .toMatchObject({ stdout: "", code: 0 });
  });

  test("is imported by plain Node", async () => {
    const entries = ["", "/artifacts", "/plugins", "/plugins/networks"];
    const code = entries.map((entry) => `import "vae-priors${entry}";`);
    const script = `${code.join("")} console.log("imported")`;
    const words = ["--input-type=module", "-e", script];
    expect(await run([process.execPath, ...words])).toMatchObject({
      stdout: "imported\n",
      stderr: "",
    });
  });
});

describe.skipIf(isMissing)("a package of a prior", () => {
  const home = "vae-prior-half-normal";

  test("is made, packed, installed, run and checked", async () => {
    // The package's name says the same as the prior's.
    await install([await packPlugin("prior", home)]);
    expect(await readdir(join(folder, "node_modules", home, "dist")))
      .toEqual(["half_normal.d.ts", "half_normal.js", "half_normal.js.map"]);
    const priors = [["half-normal", { scale: 0.5 }]];
    const file = "package.config.json";
    await writeFile(join(folder, file), JSON.stringify({ ...CONFIG, priors }));
    const words = ["run", "--json", "--quiet", "--config", file];
    const { code, stdout } = await cli(...words);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      trials: [{ label: "HalfNormal(0,0.5)" }],
    });
    await expectChecked("prior", "half-normal");
  });

  test("tests itself", async () => {
    await borrow("vitest");
    const vitest = join(folder, "node_modules/vitest/vitest.mjs");
    const words = ["run", "--no-color", "-t", "Contract|Shapes|refuses"];
    const { code, stdout } = await run(
      [process.execPath, vitest, ...words],
      home,
    );
    expect(stdout).toMatch(/Tests +5 passed \| \d+ skipped/);
    expect(code).toBe(0);
  });
});

test.skipIf(isMissing)("packages of the other kinds likewise", async () => {
  const kinds = ["network", "likelihood", "objective"];
  const archives = [];
  for (const kind of kinds) {
    archives.push(await packPlugin(kind, `own_${kind}`));
  }
  await install(archives);
  for (const kind of kinds) await expectChecked(kind, `own_${kind}`);
});

/** The archive of a plugin that has just been made. */
async function packPlugin(kind: string, name: string): Promise<string> {
  const made = await cli("new", kind, name, "--package");
  expect(made).toMatchObject({ code: 0, stderr: "" });
  const home = name.startsWith("vae-") ? name : `vae-${kind}-${name}`;
  const packed = await run(["npm", "pack", "--silent"], home);
  expect(packed).toMatchObject({ code: 0 });
  return `./${home}/${packed.stdout.trim().split("\n").at(-1)}`;
}

async function install(archives: readonly string[]): Promise<void> {
  const words = ["npm", "install", "--no-save", "--omit=dev"];
  expect(await run([...words, ...archives])).toMatchObject({ code: 0 });
}

/** What is installed, by the name that a config has for it. */
async function expectChecked(kind: string, name: string): Promise<void> {
  const words = ["check", name, "--json", "--engine", "wasm"];
  const { code, stdout } = await cli(...words);
  expect({ code, ...JSON.parse(stdout) }).toMatchObject({
    code: 0,
    kind,
    [kind]: { name },
    passed: true,
    module: expect.stringContaining(`/node_modules/vae-${kind}-${name}/dist/`),
  });
}
