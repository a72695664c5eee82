import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { CLI, hintOf, left, START } from "./_npm_flags.ts";

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

test("programs that npm starts here refuse the flags that it has kept", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const read = (file: string) => readFileSync(`${root}${file}`, "utf8");
  const { scripts } = JSON.parse(read("package.json"));
  const programs = Object.values<string>(scripts)
    .flatMap((script) => script.match(/test\/\S+\.ts$/)?.[0] ?? []);
  expect(programs).toContain("test/faults/faults.ts");
  // The one that has flags reads them by `scriptFlags`.
  expect(programs.filter((file) => /parseArgs\(|argv\.slice/.test(read(file))))
    .toEqual([]);
});
