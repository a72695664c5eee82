import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { sha256 } from "../../../core/lib/files.ts";
import { ownedName } from "../../../core/lib/owner.ts";
import { DamagedArtifactError } from "../../../core/store/damaged.ts";
import { folderStore } from "../../../core/store/folder/folder_store.ts";
import type {
  ArtifactAddress,
  ArtifactStore,
} from "../../../core/store/store.ts";

/** Beyond the largest there can be. */
const NO_PID = 2 ** 30;
let store: ArtifactStore;
const value = { vae: { depth: 2, weights: Float32Array.of(1, 2, 3) } };

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "store-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  store = folderStore(join(root, "store"));
});

function at(name: string, stage = "train"): ArtifactAddress {
  return { stage, key: sha256(name) };
}

async function put(address: ArtifactAddress, fields = {}, note?: string) {
  const draft = await store.draft(address);
  if (note !== undefined) {
    mkdirSync(join(draft.directory, "images"));
    writeFileSync(join(draft.directory, "images", "note.txt"), note);
  }
  return await draft.commit(value, { fields, ms: 5, warnings: [] });
}

describe("folderStore()", () => {
  it("gives back what was committed, with files and manifest", async () => {
    expect(await store.inspect(at("a"))).toEqual({ status: "miss" });
    const manifest = await put(at("a"), { stage: "train" }, "hello");
    expect(await store.inspect(at("a"))).toEqual({ status: "hit", manifest });
    expect(await store.read(at("a"))).toStrictEqual(value);
    expect(manifest).toMatchObject({ ...at("a"), gives: ["vae"], ms: 5 });
    expect(manifest.files["images/note.txt"])
      .toEqual({ size: 5, sha256: sha256("hello") });
    expect(readdirSync(join(store.location, ".drafts"))).toEqual([]);
  });

  it("shows nothing of a draft that was not committed", async () => {
    const draft = await store.draft(at("a"));
    writeFileSync(join(draft.directory, "half"), "");
    expect(await store.inspect(at("a"))).toEqual({ status: "miss" });
    await draft.discard();
    expect(existsSync(draft.directory)).toBe(false);
  });

  it("replaces an artifact", async () => {
    await put(at("a"), {}, "one");
    await put(at("a"), {}, "two");
    const file = join(store.directory(at("a")), "images", "note.txt");
    expect(readFileSync(file, "utf8")).toBe("two");
    expect(readdirSync(join(store.location, ".drafts"))).toEqual([]);
  });

  it("refuses a stage's file with the name of one of its own", async () => {
    const draft = await store.draft(at("a"));
    writeFileSync(join(draft.directory, "value.json"), "{}");
    await expect(draft.commit(value, { fields: {}, ms: 0, warnings: [] }))
      .rejects.toThrow('Cannot keep "value.json" of stage "train"');
    expect(await store.inspect(at("a"))).toEqual({ status: "miss" });
  });

  it.each<[string, string, string, (folder: string) => void]>([
    [
      "a file that grew",
      "inspect",
      "images/note.txt has 6 bytes, want 5",
      (folder) => appendFileSync(join(folder, "images/note.txt"), "!"),
    ],
    [
      "a missing file",
      "inspect",
      "value.json is missing",
      (folder) => rmSync(join(folder, "value.json")),
    ],
    [
      "a missing manifest",
      "inspect",
      "manifest.json is missing",
      (folder) => rmSync(join(folder, "manifest.json")),
    ],
    [
      "a broken manifest",
      "inspect",
      "manifest.json cannot be read",
      (folder) => writeFileSync(join(folder, "manifest.json"), "{"),
    ],
    [
      "another's manifest",
      "inspect",
      "manifest.json does not belong to it",
      (folder) =>
        writeFileSync(join(folder, "manifest.json"), '{"format":1,"key":"x"}'),
    ],
    [
      "a file that changed",
      "read",
      "images/note.txt is not what was written",
      (folder) => writeFileSync(join(folder, "images/note.txt"), "hallo"),
    ],
  ])("moves %s to quarantine", async (_, how, problem, damage) => {
    await put(at("a"), {}, "hello");
    damage(store.directory(at("a")));
    if (how === "inspect") {
      expect(await store.inspect(at("a"))).toEqual({
        status: "damaged",
        problem,
      });
    } else {
      const error = await store.read(at("a")).catch((error) => error);
      expect(error).toBeInstanceOf(DamagedArtifactError);
      expect(error).toMatchObject({ address: at("a"), problem });
    }
    expect(await store.inspect(at("a"))).toEqual({ status: "miss" });
    const [name] = readdirSync(join(store.location, "quarantine"));
    expect(name).toContain(at("a").key);
  });

  it("lists what it has of a stage, the newest first", async () => {
    await put(at("a"), { epochs: "20" });
    await put(at("b"), { epochs: "30" });
    await put(at("c"));
    await put(at("d", "other"));
    for (const [index, name] of ["b", "a", "c"].entries()) {
      const file = join(store.directory(at(name)), "manifest.json");
      utimesSync(file, 1000 - index, 1000 - index);
    }
    writeFileSync(join(store.directory(at("c")), "manifest.json"), "{");
    const found = await store.list("train");
    expect(found.map(({ manifest, time }) => [manifest.fields.epochs, time]))
      .toEqual([["30", 1_000_000], ["20", 999_000]]);
    expect(await store.list("sample")).toEqual([]);
  });

  it("keeps the folder of an attempt until it is cleared", async () => {
    const folder = await store.attemptDirectory(at("a"));
    writeFileSync(join(folder, "checkpoint"), "1");
    await put(at("a"));
    expect(await store.attemptDirectory(at("a"))).toBe(folder);
    expect(readdirSync(folder)).toContain("checkpoint");
    await store.clearAttempt(at("a"));
    expect(await store.attemptDirectory(at("a"))).toBe(folder);
    expect(readdirSync(folder)).not.toContain("checkpoint");
  });

  it("locks a key for one at a time, and says who has it", async () => {
    const first = await store.tryLock(at("a"));
    expect(first.locked).toBe(true);
    expect(await store.tryLock(at("a"))).toMatchObject({
      locked: false,
      owner: { pid: process.pid, host: hostname() },
    });
    expect((await store.tryLock(at("b"))).locked).toBe(true);
    if (first.locked) await first.release();
    expect((await store.tryLock(at("a"))).locked).toBe(true);
  });

  it("takes over a lock whose holder has died, and no other", async () => {
    const lock = async () => await store.tryLock(at("a"));
    expect((await lock()).locked).toBe(true);
    const [folder] = readdirSync(join(store.location, ".locks"));
    const path = join(store.location, ".locks", folder!);
    const edit = (given: object) => {
      const [token] = readdirSync(path);
      const file = join(path, token!);
      const owner = JSON.parse(readFileSync(file, "utf8"));
      writeFileSync(file, JSON.stringify({ ...owner, ...given }));
    };
    // Of another host's process nobody can know at once.
    edit({ pid: NO_PID, host: "elsewhere" });
    expect((await lock()).locked).toBe(false);
    // A process with the holder's number, but started later.
    edit({ pid: process.pid, host: hostname(), started: "1" });
    const again = await lock();
    expect(again.locked).toBe(process.platform === "linux");
    edit({ pid: NO_PID, host: hostname() });
    expect((await lock()).locked).toBe(true);
  });

  it("sweeps drafts and locks of the dead, not those of the living", async () => {
    const mine = await store.draft(at("a"));
    const theirs = await store.draft(at("b"));
    const home = join(theirs.directory, "..");
    const dead = home.replace(`~${process.pid}~`, `~${NO_PID}~`);
    renameSync(home, dead);
    mkdirSync(join(store.location, ".locks"));
    const name = ownedName("new").replace(`~${process.pid}~`, `~${NO_PID}~`);
    mkdirSync(join(store.location, ".locks", name));
    await store.removeStale();
    expect(existsSync(mine.directory)).toBe(true);
    expect(existsSync(dead)).toBe(false);
    expect(readdirSync(join(store.location, ".locks"))).toEqual([]);
  });

  it("puts back an artifact whose replacement came no further", async () => {
    await put(at("a"), {}, "old");
    const draft = await store.draft(at("a"));
    const home = join(draft.directory, "..");
    renameSync(store.directory(at("a")), join(home, "replaced"));
    renameSync(home, home.replace(`~${process.pid}~`, `~${NO_PID}~`));
    expect(await store.inspect(at("a"))).toEqual({ status: "miss" });
    await store.removeStale();
    expect(await store.read(at("a"))).toStrictEqual(value);
  });

  it("leaves a replaced artifact where it is, if it cannot be put back", async () => {
    await put(at("a"), {}, "old");
    const draft = await store.draft(at("a"));
    const home = join(draft.directory, "..");
    renameSync(store.directory(at("a")), join(home, "replaced"));
    const dead = home.replace(`~${process.pid}~`, `~${NO_PID}~`);
    renameSync(home, dead);
    const stage = join(store.location, "train");
    rmSync(stage, { recursive: true });
    writeFileSync(stage, "in the way");
    await store.removeStale();
    expect(existsSync(join(dead, "replaced", "manifest.json"))).toBe(true);
    rmSync(stage);
    await store.removeStale();
    expect(await store.read(at("a"))).toStrictEqual(value);
    expect(existsSync(dead)).toBe(false);
  });

  it("says so where somebody has removed a draft", async () => {
    const draft = await store.draft(at("a"));
    rmSync(join(draft.directory, ".."), { recursive: true });
    const record = { fields: {}, ms: 1, warnings: [] };
    await expect(draft.commit(value, record)).rejects.toMatchObject({
      name: "RunError",
      message: expect.stringMatching(
        /^Cannot keep the artifact of stage "train": its draft ".*" is gone/,
      ),
    });
  });

  it("says what to do where a reference cannot be put", async () => {
    mkdirSync(store.location, { recursive: true });
    writeFileSync(join(store.location, ".references"), "in the way");
    const putting = store.admin.references.put({
      run: "r",
      record: "/record.json",
      host: hostname(),
      artifacts: [],
      owner: null,
    });
    await expect(putting).rejects.toThrow(UserError);
    await expect(putting).rejects.toThrow(
      `Cannot write to the store in "${store.location}": something else has that name`,
    );
  });

  it("reads through the replacing of an artifact", async () => {
    await put(at("a"), {}, "first");
    let stop = false;
    const reader = (async () => {
      let reads = 0;
      for (; !stop; reads++) await store.read(at("a"));
      return reads;
    })();
    for (let i = 0; i < 20; i++) await put(at("a"), {}, `note ${i}`);
    stop = true;
    expect(await reader).toBeGreaterThan(0);
    expect(existsSync(join(store.location, "quarantine"))).toBe(false);
  });
});
