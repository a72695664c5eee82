/** Code that a record names is not run because it names it. */

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pluginKinds } from "../../core/vae/axes.ts";
import { createCheckout } from "../runs/_checkout.ts";
import { PRIOR, ranCheckout, traced } from "./_ran_checkout.ts";

test("code among results is not run, listed or not, even with --dry", async () => {
  const { file, change, mark, folder, cli } = await ranCheckout();
  const evil = join(dirname(file), "evil.ts");
  writeFileSync(evil, traced(mark));
  const name = `./${evil.slice(folder.length + 1)}`;
  change((record) => record.config.priors = [[name, {}]]);
  for (const flags of [["--dry"], [], ["--dry", "--json"]]) {
    const { code, out, err } = await cli(
      "run",
      "--from-record",
      file,
      ...flags,
    );
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(
      `prior ${name}: it lies in a folder of results, "${
        join(folder, "outputs")
      }"`,
    );
    expect(err).toContain(
      "hint: Read that code; where it may run, add --trust",
    );
  }
  expect(existsSync(mark)).toBe(false);
  const trusted = await cli("run", "--from-record", file, "--dry", "--trust");
  expect(trusted).toMatchObject({ code: 1, err: "" });
  expect(trusted.out).toContain(
    `prior ${name}: it lies in a folder of results`,
  );
  expect(existsSync(mark)).toBe(true);
});

describe("nor is it", () => {
  const removals: (() => void)[] = [];
  let here: Awaited<ReturnType<typeof ranCheckout>>;
  let evil: string;

  beforeAll(async () => {
    here = await ranCheckout({ dispose: (remove) => removals.push(remove) });
    const { folder, mark } = here;
    evil = join(folder, "outputs", "runs", "tiny", "evil");
    mkdirSync(evil, { recursive: true });
    mkdirSync(join(folder, "node_modules", "x"), { recursive: true });
    writeFileSync(join(evil, "package.json"), '{"main":"index.js"}');
    writeFileSync(join(evil, "index.js"), traced(mark));
    symlinkSync(join(evil, "index.js"), join(folder, "latest.ts"));
  });
  afterAll(() => removals.forEach((remove) => remove()));

  test.each([
    ["a link to it", () => "./latest.ts"],
    ["a package there", () => "x/../../outputs/runs/tiny/evil"],
    ["its absolute path", () => join(evil, "index.js")],
    ["a URL of it", () => `file://${join(evil, "index.js")}`],
  ])("by %s", async (_, name) => {
    const { file, change, mark, cli } = here;
    change((record) => {
      record.config.stages = [name()];
      for (const { plural } of pluginKinds) record.config[plural] = [name()];
    });
    const { code, err } = await cli("run", "--from-record", file, "--dry");
    expect(code).toBe(2);
    const kinds = pluginKinds.map((kind) => kind.name);
    expect(kinds).toContain("objective");
    for (const kind of [...kinds, "stage"]) {
      expect(err).toMatch(
        new RegExp(`^.*\\b${kind} .*: it lies in a folder of results`, "m"),
      );
    }
    expect(existsSync(mark)).toBe(false);
  });
});

test("code of the project is run as recorded, and only so", async () => {
  const { folder, cli, outputs } = createCheckout({
    config: { priors: ["./mine.ts"] },
    hasOwnStages: true,
  });
  const [mine, other] = [join(folder, "mine.ts"), join(folder, "other.ts")];
  const mark = join(folder, "executed");
  writeFileSync(mine, PRIOR);
  expect((await cli("run")).code).toBe(0);
  const [run] = readdirSync(join(outputs, "runs")).filter((name) =>
    name.startsWith("tiny-")
  );
  const record = join(folder, "kept.json");
  copyFileSync(join(outputs, "runs", run!, "record.json"), record);
  const repeat = async (...flags: string[]) =>
    await cli("run", "--from-record", record, "--dry", ...flags);

  const same = await repeat();
  expect(same).toMatchObject({ code: 0, err: "" });
  expect(same.out).toMatch(
    /^Code that the record names\n {2}prior \.\/mine\.ts: as recorded, source \w{8}$/m,
  );
  expect(same.out).toContain("stage ./stages/train.mjs: as recorded");

  writeFileSync(mine, traced(mark));
  const differs = await repeat();
  expect(differs.code).toBe(2);
  expect(differs.err).toMatch(
    /prior \.\/mine\.ts: it is not what was recorded, source \w{8} -> \w{8}$/m,
  );
  expect(existsSync(mark)).toBe(false);
  expect(await repeat("--trust")).toMatchObject({ code: 1, err: "" });
  expect(existsSync(mark)).toBe(true);

  renameSync(mine, other);
  writeFileSync(
    record,
    readFileSync(record, "utf8").replace('"./mine.ts",\n', '"./other.ts",\n'),
  );
  expect((await repeat()).err).toMatch(
    /prior \.\/other\.ts: the record does not list it, source \w{8}$/m,
  );
  // The person names it.
  const own = await repeat("--set", 'priors=["./other.ts"]');
  expect(own).toMatchObject({ code: 1, err: "" });
});

test("a record does not say where results go, nor what is trusted", async () => {
  const { file, change, folder, cli } = await ranCheckout();
  const elsewhere = join(folder, "elsewhere");
  change((record) =>
    Object.assign(record.config, { outputs: elsewhere, store: elsewhere })
  );
  expect(await cli("run", "--from-record", file)).toMatchObject({
    code: 0,
    err: "",
  });
  expect(existsSync(elsewhere)).toBe(false);
  const alone = await cli("run", "--trust", "--dry");
  expect(alone.code).toBe(2);
  expect(alone.err).toContain("Cannot use --trust without --from-record");
});

test("import says what code it brought, and none of it is run", async () => {
  const { file, change, mark, folder, cli } = await ranCheckout();
  const evil = join(dirname(file), "evil.ts");
  writeFileSync(evil, traced(mark));
  writeFileSync(
    join(dirname(file), "pipeline.config.ts"),
    `import "./evil.ts"; export default { priors: ["./evil.ts"] };`,
  );
  const name = `./${evil.slice(folder.length + 1)}`;
  change((record) => record.config.priors = [[name, {}]]);
  expect(await cli("export", "latest", "evil.zip")).toMatchObject({ code: 0 });

  const there = createCheckout({ hasOwnStages: true });
  const imported = await there.cli("import", join(folder, "evil.zip"));
  expect(imported).toMatchObject({ code: 0, err: "" });
  expect(imported.out).toContain(
    `warning: it brought code, which nothing here runs unless told to:
  ${name.slice(2)}
  ${name.slice(2).replace("evil.ts", "pipeline.config.ts")}
`,
  );
  const record = name.slice(2).replace("evil.ts", "record.json");
  const repeated = await there.cli("run", "--from-record", record, "--dry");
  expect(repeated.code).toBe(2);
  expect(repeated.err).toContain("it lies in a folder of results");
  const within = await there.cliIn(dirname(record), "list", "runs");
  expect(within.code).toBe(2);
  expect(within.err).toContain("found from the working directory");
  expect(existsSync(mark)).toBe(false);
});
