import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "../../core/config/load.ts";

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-config-")));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  return path;
}

describe("finds", () => {
  test.each([
    ["pipeline.config.ts", "export default { priors: [] as string[] };"],
    ["pipeline.config.mjs", "export default { priors: [] };"],
    ["pipeline.config.json", '\uFEFF{ "priors": [] }'],
    ["package.json", '{ "vae-priors": { "priors": [] } }'],
  ])("%s, from a folder below", async (name, content) => {
    const file = await write(name, content);
    await mkdir(join(folder, "a/b"), { recursive: true });
    expect(await loadConfig({ cwd: join(folder, "a/b") })).toEqual({
      config: { priors: [] },
      file,
      baseDirectory: folder,
    });
  });

  test("a file that is named, from the working directory", async () => {
    const file = await write("sub/mine.json", "{}");
    const loaded = await loadConfig({ cwd: folder, file: "sub/mine.json" });
    expect(loaded).toEqual({
      config: {},
      file,
      baseDirectory: join(folder, "sub"),
    });
  });

  test.each([
    ["pipeline.config.json", '{ "$schema": "./s.json", "name": "a" }'],
    ["package.json", '{ "vae-priors": { "$schema": "s", "name": "a" } }'],
  ])("%s without its $schema, which is for editors", async (name, content) => {
    await write(name, content);
    expect((await loadConfig({ cwd: folder })).config).toEqual({ name: "a" });
  });

  test("a package.json without the key is passed over", async () => {
    const file = await write("pipeline.config.json", "{}");
    await write("a/package.json", '{ "name": "other" }');
    expect((await loadConfig({ cwd: join(folder, "a") })).file).toBe(file);
  });
});

test("among results a config is read only where it is named", async () => {
  const file = await write(
    "outputs/runs/tiny-1/pipeline.config.mjs",
    "globalThis.executed = true; export default {};",
  );
  const text = (run: string) =>
    JSON.stringify({ format: "vae-priors-run", run });
  await write("outputs/runs/tiny-1/record.json", text("tiny-1"));
  await mkdir(join(folder, "outputs/runs/tiny-1/sub"));
  for (const cwd of [join(file, ".."), join(file, "../sub")]) {
    await expect(loadConfig({ cwd })).rejects.toThrow(
      `Cannot use config "${file}", found from the working directory: it lies in a folder of results`,
    );
  }
  expect(globalThis).not.toHaveProperty("executed");
  expect((await loadConfig({ file })).file).toBe(file);
  // A record that was copied into a project makes no results of it.
  const own = await write("mine/pipeline.config.json", "{}");
  await write("mine/record.json", text("tiny-1"));
  expect((await loadConfig({ cwd: join(folder, "mine") })).file).toBe(own);
});

describe("says what is wrong with", () => {
  test.each([
    [
      "{\n  a: 1 }",
      'Expected string in JSON but found "a" at line 2, column 3',
    ],
    [
      '{ "a": 1, }',
      "JSON does not support trailing commas at line 1, column 9",
    ],
    ['{ "a": 1 // x\n}', "JSON does not support comments at line 1, column 10"],
    ['{ "a": tru }', 'Unexpected "tru" in JSON at line 1, column 8'],
  ])("the JSON %j", async (content, fault) => {
    const file = await write("pipeline.config.json", content);
    await expect(loadConfig({ cwd: folder }))
      .rejects.toThrow(`Cannot read "${file}": ${fault}`);
  });

  test("a package.json that does not parse", async () => {
    const file = await write("package.json", "{");
    await expect(loadConfig({ cwd: folder })).rejects.toThrow(
      `Cannot read "${file}": `,
    );
  });

  test("an empty file", async () => {
    const file = await write("pipeline.config.ts", " \n");
    await expect(loadConfig({ cwd: folder }))
      .rejects.toThrow(`Cannot read config "${file}": the file is empty`);
  });

  test("a module without a default export", async () => {
    const file = await write("pipeline.config.mjs", "export const a = 1;");
    await expect(loadConfig({ cwd: folder })).rejects.toThrow(
      `Cannot read config "${file}": it has no default export`,
    );
  });

  test("a module that throws", async () => {
    const file = await write("pipeline.config.mjs", "throw new Error('oops');");
    await expect(loadConfig({ cwd: folder }))
      .rejects.toThrow(`Cannot load config "${file}": oops`);
  });

  test("a file that is not there, and one of another kind", async () => {
    await expect(loadConfig({ cwd: folder, file: "no.json" })).rejects.toThrow(
      `Cannot read config "${join(folder, "no.json")}": no such file`,
    );
    await expect(loadConfig({ file: folder })).rejects.toThrow(
      `Cannot read config "${folder}": it is a folder, and a file is wanted`,
    );
    const file = await write("mine.yaml", "a: 1");
    await expect(loadConfig({ cwd: folder, file })).rejects.toThrow(
      `Cannot read config "${file}": want a file that ends in .ts, .js, .mjs or .json`,
    );
  });

  test("a package.json that is named and lacks the key", async () => {
    const file = await write("package.json", "{}");
    await expect(loadConfig({ file })).rejects.toThrow(
      `Cannot read config "${file}": it has no key "vae-priors"`,
    );
  });

  test("a folder without any", async () => {
    await expect(loadConfig({ cwd: folder }))
      .rejects.toThrow(
        `Cannot find a config: "${folder}" and the folders above`,
      );
  });
});
