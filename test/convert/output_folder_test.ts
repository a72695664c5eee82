import * as files from "node:fs/promises";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openOutput } from "../../core/convert/output_folder.ts";
import type { Written } from "../../core/convert/written.ts";

vi.mock(
  "node:fs/promises",
  async (original) => ({ ...await original<typeof files>() }),
);

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "output-"));
  folder = join(parent, "deep", "out");
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(parent, { recursive: true, force: true });
});

type Texts = Readonly<Record<string, string>>;

/** Converts run "a": the format of a file is its extension, its content a text. */
async function convert(
  texts: Texts,
  { training = "t1" } = {},
): Promise<Written> {
  const output = await openOutput(folder);
  try {
    for (const [path, text] of Object.entries(texts)) {
      const format = path.split(".").at(-1)!;
      const origin = { format, run: "a", training, weights: null };
      await output.add(path, text, origin);
    }
    return await output.settle();
  } finally {
    await output.discard();
  }
}

/** All that is in the folder, but for the list. */
async function found(): Promise<Texts> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  const texts = entries.filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => file !== join(folder, "converted.json"))
    .map(async (file) =>
      [file.slice(folder.length + 1), await readFile(file, "utf8")] as const
    );
  return Object.fromEntries(await Promise.all(texts));
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

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
  expect((await readdir(join(folder, "a"))).sort())
    .toEqual(["m.csv", "notes.txt", "x.npy"]);
  expect((await readdir(folder)).sort())
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
    expect(await readdir(folder)).not.toContain(".converting");
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
    await symlink("mine", join(folder, "a"));
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
  const output = await openOutput(folder);
  await output.discard();
  expect(await readdir(parent)).toEqual([]);
  await output.add("a/m.csv", "1", {
    format: "csv",
    run: "a",
    training: "t1",
    weights: null,
  });
  await output.discard();
  expect(await readdir(parent)).toEqual([]);
});

describe("a folder of an earlier version, which kept no list,", () => {
  beforeEach(async () => {
    const list = { plan: "p", formats: ["csv"], weights: "last" };
    await put("converted.json", JSON.stringify(list));
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
  await put("converted.json", text);
  await expect(openOutput(folder)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining(
      'its "converted.json" was not written by convert',
    ),
  });
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
  expect((await readdir(folder)).sort()).toEqual(["a", "converted.json"]);
});

describe("broken off anywhere, nothing is lost and the next time ends it:", () => {
  /** Calls that change something. */
  const CALLS = ["rename", "unlink", "mkdir", "open", "writeFile"] as const;
  const old = { "a/m.csv": "1", "a/n.csv": "2", "a/x.npy": "3" };
  const next = { "a/m.csv": "one", "a/o/p.csv": "two", "a/x.npy": "three" };

  test.each(CALLS)("%s", async (call) => {
    const real = (await vi.importActual<typeof files>("node:fs/promises"))[
      call
    ] as (...args: unknown[]) => Promise<unknown>;
    for (let at = 1;; at++) {
      await rm(folder, { recursive: true, force: true });
      await convert(old);
      await put("notes.txt", "mine");
      let count = 0;
      vi.spyOn(files, call).mockImplementation(
        (async (...args: unknown[]) => {
          // The lock of a process that has ended is followed at once.
          const isLock = String(args[0]).includes(".lock");
          if (!isLock && ++count >= at) throw new Error("no more");
          return await real(...args);
        }) as never,
      );
      const failed = await convert(next).then(() => false, () => true);
      vi.restoreAllMocks();
      if (!failed) {
        expect(at).toBeGreaterThan(1);
        return;
      }
      const texts = await found();
      expect(texts["notes.txt"]).toBe("mine");
      for (const [path, text] of Object.entries(old)) {
        const whole = [text, (next as Texts)[path]];
        expect(whole).toContain(texts[path]);
      }
      await convert(next);
      expect(await found()).toEqual({ ...next, "notes.txt": "mine" });
    }
  });
});

test("files are moved, not written in their places", async () => {
  await convert({ "a/m.csv": "1" });
  const { ino } = await stat(join(folder, "a", "m.csv"));
  await convert({ "a/m.csv": "2" });
  expect((await stat(join(folder, "a", "m.csv"))).ino).not.toBe(ino);
});
