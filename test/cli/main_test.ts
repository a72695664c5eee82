import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../processes/command.ts";

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-cli-")));
  const config = {
    priors: ["gaussian"],
    engine: "cpu",
    load_mnist: { source: "synthetic" },
  };
  await writeFile(join(folder, "pipeline.config.json"), JSON.stringify(config));
});
afterAll(() => rm(folder, { recursive: true }));

const cli = (...argv: string[]) => runCommand(argv, { cwd: folder });

test("help is on stdout and exits with 0", async () => {
  const { code, stdout, stderr } = await cli("--help");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (
    const name of [
      "run",
      "list",
      "inspect",
      "compare",
      "gc",
      "verify",
      "export",
      "import",
      "check",
      "new",
      "graph",
      "convert",
      "status",
      "schema",
      "complete",
      "serve",
      "doctor",
      "setup",
    ]
  ) {
    expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  }
});

test("doctor names the proxies, without their passwords", async () => {
  const env = {
    https_proxy: "http://me:s3cret@proxy.lab:3128",
    no_proxy: "s3",
  };
  const { stdout } = await runCommand(["doctor"], { env });
  expect(stdout).toMatch(
    /^ok {4}proxy +https through proxy\.lab:3128 \(https_proxy\).*, not to s3 \(no_proxy\)$/m,
  );
  expect(stdout).not.toContain("s3cret");
  const wrong = await runCommand(["doctor"], {
    env: { https_proxy: "ftp://p" },
  });
  expect(wrong.stdout).toMatch(
    /^FAIL {2}proxy +Cannot use the proxy in https_/m,
  );
  expect(wrong.code).toBe(1);
  // What is said of credentials is not taken for some.
  expect(wrong.stdout).toContain("with USER:PASSWORD@ before HOST");
});

test("a mistake is one line and a hint on stderr, and exits with 2", async () => {
  expect(await cli("run", "--set", "train.epoch=3", "--json")).toEqual({
    code: 2,
    stdout: "",
    stderr: expect.stringMatching(
      /^error: Cannot read "train\.epoch": stage "train" has no such option, it has "epochs".*\nhint: Did you mean "epochs"\?\n$/,
    ),
  });
});

test("what is stale exits with 1, and is one JSON object", async () => {
  const { code, stdout } = await cli("status", "--json");
  expect(code).toBe(1);
  const status = JSON.parse(stdout);
  expect(status).toMatchObject({
    engine: { name: "cpu" },
    trials: [{ label: "Gaussian(0,1)" }],
  });
  expect(status.stale).toBe(status.trials[0].stages.length);
});

test("a dry run says what would run, and runs nothing", async () => {
  const { code, stdout } = await cli("run", "--dry");
  expect(code).toBe(0);
  expect(stdout).toMatch(/ {2}train +stale +new/);
  expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
    /(\d+) of \1 stages would run on engine "cpu"; for how long cannot be said: nothing comparable to load_mnist, build_encoder, attach_prior and \d more has run before/,
  );
});

test("list reads options off the schemas", async () => {
  const { code, stdout } = await cli("list");
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /variance +a number from 0\.0001 to 10000; default 1; /,
  );
  expect(stdout).toMatch(/epochs +a whole number of at least \d; default 20/);
  const { priors, stages } = JSON.parse((await cli("list", "--json")).stdout);
  expect(priors[0].options.type).toBe("object");
  expect(stages[0].name).toBe("load_mnist");
});

test("list shows one kind of part alone, by its plural", async () => {
  const { stdout } = await cli("list", "networks");
  expect(stdout).toMatch(/^Networks\n {2}/);
  expect(stdout).toMatch(/^ {2}mlp \d/m);
  expect(stdout).not.toMatch(/Priors|Stages/);
  const json = await cli("list", "objectives", "--json");
  const listed = JSON.parse(json.stdout);
  expect(Object.keys(listed)).toEqual(["objectives"]);
  expect(listed.objectives.map(({ name }: { name: string }) => name))
    .toContain("elbo");
  const wrong = await cli("list", "netwrks");
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('Did you mean "networks"?');
});
