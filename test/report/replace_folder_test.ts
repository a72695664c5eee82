import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceFolder } from "../../core/report/replace_folder.ts";

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "replace-"));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

function put(name: string, text: string): (draft: string) => Promise<void> {
  return (draft) => writeFile(join(draft, name), text);
}

test("replaceFolder() puts the new folder in the old one's place", async () => {
  const target = join(parent, "report");
  await replaceFolder(target, put("a", "old"));
  await replaceFolder(target, put("b", "new"));
  expect(await readdir(target)).toEqual(["b"]);
  expect(await readdir(parent)).toEqual(["report"]);
});

test("replaceFolder() keeps the old folder until the new one is whole", async () => {
  const target = join(parent, "report");
  await replaceFolder(target, put("a", "old"));
  const failing = replaceFolder(target, async (draft) => {
    await put("a", "half")(draft);
    expect(await readFile(join(target, "a"), "utf8")).toBe("old");
    throw new Error("No space");
  });
  await expect(failing).rejects.toThrow("No space");
  expect(await readFile(join(target, "a"), "utf8")).toBe("old");
  expect(await readdir(parent)).toEqual(["report"]);
});

test("replaceFolder() removes drafts that were left long ago, and no other", async () => {
  const long = new Date(Date.now() - 2 * 60 * 60 * 1000);
  for (const name of [".report-dead", ".report-alive", ".other-dead"]) {
    await mkdir(join(parent, name));
    if (name.endsWith("dead")) await utimes(join(parent, name), long, long);
  }
  await replaceFolder(join(parent, "report"), put("a", "new"));
  expect((await readdir(parent)).sort()).toEqual(
    [".other-dead", ".report-alive", "report"],
  );
});
