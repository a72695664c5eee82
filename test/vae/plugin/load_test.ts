import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { builtIns } from "../../../core/vae/plugin/built_in.ts";
import { priorKind } from "../../../core/vae/prior_axis.ts";
import { loadPlugin } from "../../../core/vae/plugin/load.ts";
import { loadStage } from "../../../core/pipeline/load_stage.ts";

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-plugin-")));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function faultOf(loading: Promise<unknown>): Promise<UserError> {
  const error = await loading.catch((error) => error);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

test("every file of plugins/ is a prior of that name", async () => {
  const builtIn = builtIns(priorKind);
  expect(builtIn.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["beta", "gamma", "gaussian"]),
  );
  expect(builtIn.map(({ name }) => name)).not.toContain("mod");
  for (const { name, url } of builtIn) {
    const { definition } = await loadPlugin(priorKind, url);
    expect(definition.name).toBe(name);
    expect(definition.module).toBe(url);
  }
});

test("every default stage is the default export of its module", async () => {
  const { defaultStages } = await import("../../../core/vae/stages/mod.ts");
  for (const stage of defaultStages) {
    expect((await loadStage(stage.module)).name).toBe(stage.name);
  }
});

describe("loadPlugin says what is wrong with", () => {
  test("a path that tsx cuts off", async () => {
    const path = await write("what?.ts", "export default 3;");
    const fault = await faultOf(
      loadPlugin(priorKind, pathToFileURL(path).href),
    );
    expect(fault.message).toBe(
      `Cannot load prior "${path}": the "?" in the path keeps tsx from finding it`,
    );
    expect(fault.hint).toBe("Rename the file, or the folder that it lies in");
  });

  test("a file that is not there", async () => {
    const path = join(folder, "missing.ts");
    const fault = await faultOf(
      loadPlugin(priorKind, pathToFileURL(path).href),
    );
    expect(fault.message).toBe(`Cannot load prior "${path}": no such file`);
  });

  test.each([
    ["export const a = 1;", "missing"],
    ["export default 3;", "a number"],
    ["export default { name: 'x' };", "an object"],
    ["export default () => {};", "a function"],
    ["export default { kind: 'stage' };", "a stage"],
  ])("%s", async (content, kind) => {
    const path = await write(`${kind.replaceAll(" ", "_")}.mjs`, content);
    const fault = await faultOf(
      loadPlugin(priorKind, pathToFileURL(path).href),
    );
    expect(fault.message).toBe(
      `Cannot use "${path}" as a prior: its default export is ${kind}, want a prior made with definePrior`,
    );
  });

  test("a module that throws, with its cause", async () => {
    const path = await write("throws.mjs", "\n\nthrow new TypeError('oops');");
    const fault = await faultOf(
      loadPlugin(priorKind, pathToFileURL(path).href),
    );
    expect(fault.message).toContain(`Cannot load prior "${path}": oops`);
    expect(fault.cause).toBeInstanceOf(Error);
  });

  test("a stage where a prior is wanted, and the other way round", async () => {
    const [stage] =
      (await import("../../../core/vae/stages/mod.ts")).defaultStages;
    expect((await faultOf(loadPlugin(priorKind, stage!.module))).message)
      .toContain("its default export is a stage, want a prior");
    const [prior] = builtIns(priorKind);
    expect((await faultOf(loadStage(prior!.url))).message).toContain(
      `Cannot use "${
        fileURLToPath(prior!.url)
      }" as a stage: its default export is a prior`,
    );
  });

  test("a stage whose name is too long for a folder", async () => {
    const path = await write(
      "long.mjs",
      `export default { kind: "stage", name: "${"s".repeat(65)}" };`,
    );
    expect((await faultOf(loadStage(pathToFileURL(path).href))).message)
      .toContain("its name has 65 characters, want at most 64");
  });
});
