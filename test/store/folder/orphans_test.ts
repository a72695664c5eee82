import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { sha256 } from "../../../core/lib/files.ts";
import { ownedName } from "../../../core/lib/owner.ts";
import { folderStore } from "../../../core/store/folder/folder_store.ts";
import type { ArtifactStore } from "../../../core/store/store.ts";

/** No system gives such a process id. */
const NO_PID = 2 ** 22 + 1;
const UUID = "00000000-0000-4000-8000-000000000000";
let root: string;
let store: ArtifactStore;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "orphans-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  store = folderStore(root);
});

function write(path: string, text = "x"): void {
  const file = join(root, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

async function found() {
  const orphans = await store.admin.orphans();
  return orphans.map(({ kind, path, busy }) =>
    `${kind} ${path}${busy ? " busy" : ""}`
  );
}

test("drafts are told by whether their process lives", async () => {
  const dead = ownedName("train").replace(`~${process.pid}~`, `~${NO_PID}~`);
  write(`.drafts/${dead}/artifact/a`, "12345");
  const draft = await store.draft({ stage: "sample", key: sha256("a") });
  expect(await found()).toEqual([
    expect.stringMatching(/^draft \.drafts\/sample~.* busy$/),
    `draft .drafts/${dead}`,
  ]);
  expect((await store.admin.orphans())[1]!.bytes).toBe(5);
  await draft.discard();
});

test("attempts are busy while their key is locked", async () => {
  const address = { stage: "train", key: sha256("a") };
  await store.attemptDirectory(address);
  const path = `.attempts/train/${address.key}`;
  const lock = await store.tryLock(address);
  if (!lock.locked) throw new Error("It was free");
  expect(await found()).toContain(`attempt ${path} busy`);
  await lock.release();
  expect(await found()).toEqual([`attempt ${path}`]);
});

test("remembered digests are garbage when a file of theirs is gone", async () => {
  const known = join(root, "known.ts");
  const memory = { [known]: { mark: "1", digest: "2" } };
  write("known.ts");
  write(".files.json", JSON.stringify(memory));
  write(
    ".sources.json",
    JSON.stringify({ tool: "esbuild", modules: { [`${known}x`]: {} } }),
  );
  const unknown = "unknown known.ts";
  expect(await found()).toEqual(["cache .sources.json", unknown]);
  rmSync(known);
  expect(await found()).toEqual(["cache .files.json", "cache .sources.json"]);
});

test("half-written small files are trash, and may be at work while young", async () => {
  write(`.files.json.${UUID}`, "x");
  write(`.references/r.json.${UUID}`, "x");
  write(`.sources/s.json.gz.${UUID}`, "x");
  write(".sources/s.json.gz", "x");
  const young = [
    `trash .references/r.json.${UUID} busy`,
    "source .sources/s.json.gz busy",
    `trash .sources/s.json.gz.${UUID} busy`,
    `trash .files.json.${UUID} busy`,
  ];
  expect(await found()).toEqual(young);
  vi.useFakeTimers({ now: Date.now() + 2 * 60 * 60 * 1000, toFake: ["Date"] });
  try {
    expect(await found()).toEqual(
      young.map((line) => line.replace(" busy", "")),
    );
  } finally {
    vi.useRealTimers();
  }
});

test("what the store does not know is left alone", async () => {
  write("notes.txt");
  write(".mine/a");
  write(".trash/a/b");
  expect(await found()).toEqual([
    "trash .trash/a",
    "unknown .mine",
    "unknown notes.txt",
  ]);
  await store.admin.discard([], await store.admin.orphans());
  await store.admin.emptyTrash();
  expect(existsSync(join(root, ".trash"))).toBe(false);
});
