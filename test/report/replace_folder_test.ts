import { spawnSync } from "node:child_process";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  recoverFolders,
  replaceFolder,
} from "../../core/lib/replace_folder.ts";
import { ownedName } from "../../core/lib/owner.ts";

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

test("replaceFolder() takes along what is to be kept", async () => {
  const target = join(parent, "report");
  await mkdir(join(target, "inner"), { recursive: true });
  for (const name of ["a", "b", "inner/mine"]) await put(name, "old")(target);
  const keeps = (path: string) => path !== "b";
  await replaceFolder(target, put("a", "new"), { keeps });
  expect((await readdir(target)).sort()).toEqual(["a", "inner"]);
  expect(await readFile(join(target, "a"), "utf8")).toBe("new");
  expect(await readFile(join(target, "inner", "mine"), "utf8")).toBe("old");
  await replaceFolder(join(parent, "another"), put("a", "new"), { keeps });
});

test.each([
  ["a file of somebody's is where a folder goes", "in", "in/a"],
  ["a folder of somebody's is where a file goes", "in/mine", "in"],
])("replaceFolder() replaces nothing where %s", async (_, mine, made) => {
  const target = join(parent, "report");
  const file = join(target, mine);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "mine");
  const failing = replaceFolder(target, async (draft) => {
    await mkdir(dirname(join(draft, made)), { recursive: true });
    await put(made, "new")(draft);
  }, { keeps: () => true });
  await expect(failing).rejects.toMatchObject({
    name: "UserError",
    message: `Cannot replace "${target}": "${mine}" there is in the way`,
  });
  expect(await readFile(file, "utf8")).toBe("mine");
  expect(await readdir(parent)).toEqual(["report"]);
});

/** A name as a process gives it that has ended since. */
function nameOfDead(name: string): string {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  return ownedName(name).replace(`~${process.pid}~`, `~${pid}~`);
}

test("recoverFolders() removes what the dead have left, and nothing else", async () => {
  const names = [ownedName(".report"), nameOfDead(".report"), ".gitkeep"];
  for (const name of names) await mkdir(join(parent, name));
  await recoverFolders(parent);
  expect((await readdir(parent)).sort()).toEqual([".gitkeep", names[0]]);
});

test("recoverFolders() puts back what was to be replaced", async () => {
  await mkdir(join(parent, "taken"));
  await put("a", "new")(join(parent, "taken"));
  for (const name of ["free", "taken"]) {
    const old = join(parent, nameOfDead(`.${name}.old`));
    await mkdir(old);
    await put("a", "old")(old);
  }
  await recoverFolders(parent);
  expect((await readdir(parent)).sort()).toEqual(["free", "taken"]);
  expect(await readFile(join(parent, "free", "a"), "utf8")).toBe("old");
  expect(await readFile(join(parent, "taken", "a"), "utf8")).toBe("new");
});
