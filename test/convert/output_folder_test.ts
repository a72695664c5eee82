import { readdir, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openOutput } from "../../core/convert/output_folder.ts";
import {
  convert,
  found,
  place,
  put,
  type Texts,
  useOutputFolder,
} from "./_output_folder.ts";

const LISTED = "converted.json";

useOutputFolder();

test("what somebody has put there stays, and so do formats made earlier", async () => {
  await convert({ "a/m.csv": "1", "a/old/n.csv": "2" });
  await put("notes.txt", "mine");
  await put("a/notes.txt", "mine");
  await convert({ "a/x.npy": "3" });
  const now = await convert({ "a/m.csv": "new" });
  expect(await found()).toEqual({
    "a/m.csv": "new",
    "a/x.npy": "3",
    "a/notes.txt": "mine",
    "notes.txt": "mine",
  });
  expect(Object.keys(now).sort()).toEqual(["a/m.csv", "a/x.npy"]);
  // The folder of what is made no more has gone with it.
  expect((await readdir(join(place.folder, "a"))).sort())
    .toEqual(["m.csv", "notes.txt", "x.npy"]);
  expect((await readdir(place.folder)).sort())
    .toEqual(["a", "converted.json", "notes.txt"]);
});

test("what was made of another run or of another training stays", async () => {
  await convert({ "a/m.csv": "1", "a/x.npy": "2" });
  const now = await convert({ "a/m.csv": "3" }, { training: "t2" });
  expect(await found()).toEqual({ "a/m.csv": "3", "a/x.npy": "2" });
  expect(now["a/x.npy"]).toMatchObject({ training: "t1", format: "npy" });
  expect(now["a/m.csv"]).toMatchObject({ training: "t2" });
});

describe("nothing is written where there is in the way", () => {
  const refused = async (texts: Texts, name: string) => {
    const before = await found();
    await expect(convert(texts)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(`in the way is "${name}"`),
    });
    expect(await found()).toEqual(before);
    expect(await readdir(place.folder)).not.toContain(".converting");
  };
  const wanted = { "a/b/m.csv": "1", "a/x.npy": "2" };

  test("a file of somebody's", async () => {
    await put("a/x.npy", "mine");
    await refused(wanted, "a/x.npy");
  });

  test("a file that was changed since, be it ours", async () => {
    await convert(wanted);
    await put("a/x.npy", "2 and mine");
    await refused({ "a/x.npy": "3" }, "a/x.npy");
  });

  test("a file where a folder goes", async () => {
    await put("a/b", "mine");
    await refused(wanted, "a/b");
  });

  test("a folder where a file goes", async () => {
    await put("a/x.npy/mine", "mine");
    await refused(wanted, "a/x.npy");
  });

  test("a link to elsewhere", async () => {
    await put("mine/x", "mine");
    await symlink("mine", join(place.folder, "a"));
    await refused(wanted, "a");
  });
});

test("a changed file that is made no more is somebody's from then on", async () => {
  await convert({ "a/m.csv": "1", "a/n.csv": "2" });
  await put("a/n.csv", "2 and mine");
  const now = await convert({ "a/m.csv": "3" });
  expect(await found()).toEqual({ "a/m.csv": "3", "a/n.csv": "2 and mine" });
  expect(Object.keys(now)).toEqual(["a/m.csv"]);
});

test("a folder that nothing comes into is not made", async () => {
  const output = await openOutput(place.folder);
  await output.discard();
  expect(await readdir(place.parent)).toEqual([]);
  await output.add("a/m.csv", "1", {
    format: "csv",
    trial: "a",
    training: "t1",
    weights: null,
  });
  await output.discard();
  expect(await readdir(place.parent)).toEqual([]);
});

describe("a folder of an earlier version, which kept no list,", () => {
  beforeEach(async () => {
    const list = { plan: "p", formats: ["csv"], weights: "last" };
    await put(LISTED, JSON.stringify(list));
    await put("a/m.csv", "1");
  });

  test("is added to, and taken over where it is the same", async () => {
    await convert({ "a/x.npy": "2" });
    await convert({ "a/m.csv": "1" });
    await convert({ "a/m.csv": "3" });
    expect(await found()).toEqual({ "a/m.csv": "3", "a/x.npy": "2" });
  });

  test("is not replaced where it is not: who knows whose it is", async () => {
    await expect(convert({ "a/m.csv": "3" })).rejects.toMatchObject({
      hint: expect.stringContaining("an earlier version"),
    });
    expect(await found()).toEqual({ "a/m.csv": "1" });
  });
});

test.each([
  ["no JSON", "{"],
  ["JSON of something else", '{"converted":true}'],
  ["a list that leads out of its folder", LIST("../mine.txt")],
  ["a list that leads anywhere", LIST("/etc/hosts")],
])("a converted.json that is %s is refused at once", async (_, text) => {
  await put(LISTED, text);
  await expect(openOutput(place.folder)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining(
      'its "converted.json" was not written by convert',
    ),
  });
});

test("a list that called the trials of its files runs is gone on with", async () => {
  await convert({ "a/m.csv": "1", "a/n.csv": "2", "a/x.npy": "3" });
  const list = JSON.parse(await readFile(join(place.folder, LISTED), "utf8"));
  const files = Object.entries<Record<string, unknown>>(list.files)
    .map(([path, { trial, ...file }]) => [path, { ...file, run: trial }]);
  const former = { version: 2, files: Object.fromEntries(files) };
  await put(LISTED, JSON.stringify(former));
  // All files of the format that are not made again go.
  await convert({ "a/m.csv": "4" });
  expect(await found()).toEqual({ "a/m.csv": "4", "a/x.npy": "3" });
});

function LIST(path: string): string {
  const file = {
    format: "csv",
    run: "a",
    training: "t",
    weights: null,
    sha256: [],
  };
  return JSON.stringify({ version: 2, files: { [path]: file } });
}

test("two at once know of each other's files", async () => {
  await Promise.all([
    convert({ "a/m.csv": "1" }),
    convert({ "a/x.npy": "2" }),
    convert({ "a/w.bin": "3" }),
  ]);
  await convert({ "a/m.csv": "4", "a/x.npy": "5", "a/w.bin": "6" });
  expect(await found())
    .toEqual({ "a/m.csv": "4", "a/x.npy": "5", "a/w.bin": "6" });
  expect((await readdir(place.folder)).sort()).toEqual(["a", "converted.json"]);
});

test("files are moved, not written in their places", async () => {
  await convert({ "a/m.csv": "1" });
  const { ino } = await stat(join(place.folder, "a", "m.csv"));
  await convert({ "a/m.csv": "2" });
  expect((await stat(join(place.folder, "a", "m.csv"))).ino).not.toBe(ino);
});
