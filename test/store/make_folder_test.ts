import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeFolder } from "../../core/lib/make_folder.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "made-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("makes a folder with those above it, and says where it began", async () => {
  expect(await makeFolder(join(folder, "a/b/c"))).toBe(join(folder, "a"));
  expect(await makeFolder(join(folder, "a/b/d"))).toBe(join(folder, "a/b/d"));
  expect(await makeFolder(join(folder, "a/b"))).toBeUndefined();
  expect(await readdir(join(folder, "a/b"))).toEqual(["c", "d"]);
});

it("is made once where many make it at a time", async () => {
  const path = join(folder, "a/b/c");
  await Promise.all(Array.from({ length: 20 }, () => makeFolder(path)));
  expect(existsSync(path)).toBe(true);
});

it("fails where a file is in the way", async () => {
  await writeFile(join(folder, "a"), "");
  await expect(makeFolder(join(folder, "a"))).rejects
    .toMatchObject({ code: "EEXIST" });
  await expect(makeFolder(join(folder, "a/b"))).rejects
    .toMatchObject({ code: "ENOTDIR" });
});

it.skipIf(!existsSync("/proc/self"))(
  "fails where a folder takes no other, and does not try for ever",
  async () => {
    const refusal = { code: "ENOTSUP", path: "/proc/none" };
    await expect(makeFolder("/proc/none")).rejects.toMatchObject(refusal);
    await expect(makeFolder("/proc/none/a/b")).rejects.toMatchObject(refusal);
  },
);
