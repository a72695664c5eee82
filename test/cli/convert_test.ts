import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../processes/command.ts";

let folder: string;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "vae-priors-convert-")));
  const config = {
    priors: ["gaussian", "beta"],
    latentDim: 2,
    engine: "cpu",
    load_mnist: { source: "synthetic", trainLimit: 60, testLimit: 20 },
    networks: ["mlp", { hidden: [8] }],
    train: { epochs: 1, batchSize: 20 },
  };
  await writeFile(join(folder, "pipeline.config.json"), JSON.stringify(config));
});
afterAll(() => rmSync(folder, { recursive: true }));

const cli = (...argv: string[]) => runCommand(argv, { cwd: folder });

test("a mistake is said before anything is written", async () => {
  expect((await cli("convert", "--to", "nyp")).stderr).toBe(
    'error: Cannot convert to "nyp": want one of "csv", "npy", "safetensors", "tensorboard", "savedmodel", "tfjs", "onnx"\n' +
      'hint: Did you mean "npy"?\n',
  );
  expect((await cli("convert", "--weights", "worst")).stderr).toBe(
    'error: Cannot read --weights: found "worst", want "last" or "best"\n',
  );
  const { code, stderr } = await cli("convert", "--to", "csv", "--out", "out");
  expect(code).toBe(2);
  expect(stderr).toContain("warning: Beta(1,1) has not been trained");
  expect(stderr).toContain(
    "error: Cannot convert: no trial of this config has been trained\n",
  );
  expect(existsSync(join(folder, "out"))).toBe(false);
});

test.each([
  ["/", "the root of the file system"],
  ["..", "a folder around the project"],
  [".", "the project's own folder"],
])("nothing is mixed into %s", async (out, found) => {
  const { code, stdout, stderr } = await cli("convert", "--out", out);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(`error: Cannot convert to "${out}": it is `);
  expect(stderr).toContain(found);
  const run = await cli("run", "--set", `outputs=${out}`);
  expect({ code: run.code, stdout: run.stdout }).toEqual({
    code: 2,
    stdout: "",
  });
  expect(run.stderr).toContain(found);
});

test("what has been trained is converted", async () => {
  expect((await cli("run", "--to", "train")).code).toBe(0);
  const flags = ["--to", "csv,npy", "--to", "safetensors", "--out", "out"];
  const { code, stdout } = await cli("convert", ...flags);
  expect(code).toBe(0);
  expect(stdout.trim().split("\n")).toEqual([
    join(folder, "out", "gaussian-0-1"),
    join(folder, "out", "beta-1-1"),
  ]);
  expect((await readdir(join(folder, "out", "beta-1-1"))).sort()).toEqual([
    "labels.npy",
    "metrics.csv",
    "posterior_means.npy",
    "weights.safetensors",
  ]);
  const results = await readFile(join(folder, "out", "results.csv"), "utf8");
  expect(results).toBe(
    "trial,prior,network,likelihood,objective,latentDim,seed,epochs,binarization\n" +
      'gaussian-0-1,"Gaussian(0,1)",MLP(8),Bernoulli,ELBO,2,0,1,dynamic\n' +
      'beta-1-1,"Beta(1,1)",MLP(8),Bernoulli,ELBO,2,0,1,dynamic\n',
  );
});

test("formats made earlier stay, and so does what somebody has put there", async () => {
  const out = join(folder, "board");
  expect((await cli("convert", "--to", "csv", "--out", "board")).code).toBe(0);
  await writeFile(join(out, "notes.txt"), "mine");
  expect((await cli("convert", "--to", "npy", "--out", "board")).code).toBe(0);
  expect((await readdir(out)).sort()).toEqual([
    "beta-1-1",
    "converted.json",
    "gaussian-0-1",
    "notes.txt",
    "results.csv",
  ]);
  expect((await readdir(join(out, "beta-1-1"))).sort())
    .toEqual(["labels.npy", "metrics.csv", "posterior_means.npy"]);
});

test("what is in the way is refused, and nothing is written", async () => {
  const mine = join(folder, "mine");
  await mkdir(join(mine, "beta-1-1"), { recursive: true });
  await writeFile(join(mine, "beta-1-1", "metrics.csv"), "mine");
  const { code, stderr } = await cli(
    ...["convert", "--to", "csv,npy", "--out", "mine"],
  );
  expect(code).toBe(2);
  expect(stderr).toContain(
    `error: Cannot convert to "${mine}": in the way is "beta-1-1/metrics.csv"`,
  );
  expect(await readdir(mine, { recursive: true }))
    .toEqual(["beta-1-1", join("beta-1-1", "metrics.csv")]);
});

test("the best weights do not lie among the last ones unasked", async () => {
  const last = await cli("convert", "--to", "safetensors,npy");
  const best = await cli(
    ...["convert", "--to", "safetensors", "--weights", "best"],
  );
  expect([last.code, best.code]).toEqual([0, 0]);
  const [first] = last.stdout.split("\n");
  const [other] = best.stdout.split("\n");
  expect(dirname(other!)).toBe(`${dirname(first!)}-best`);
  expect(await readdir(other!)).toEqual(["weights.safetensors"]);
  expect(await readdir(first!)).toContain("labels.npy");

  const mixed = await cli(
    ...["convert", "--to", "safetensors", "--weights", "best"],
    ...["--out", dirname(first!)],
  );
  expect(mixed.code).toBe(0);
  expect(mixed.stderr).toContain(
    'warning: Beta(1,1): npy in "beta-1-1" is of another training, or of other weights of it',
  );
});
