import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { sha256 } from "../../../core/lib/files.ts";
import { DamagedArtifactError } from "../../../core/store/damaged.ts";
import type { ArtifactStore } from "../../../core/store/store.ts";
import { at, emptyStore, put, value } from "./_empty_store.ts";

let store: ArtifactStore;

beforeEach(() => {
  store = emptyStore();
});

describe("folderStore()", () => {
  it("gives back what was committed, with files and manifest", async () => {
    expect(await store.inspect(at("a"))).toEqual({ status: "miss" });
    const manifest = await put(store, at("a"), { stage: "train" }, "hello");
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
    await put(store, at("a"), {}, "one");
    await put(store, at("a"), {}, "two");
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
    await put(store, at("a"), {}, "hello");
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
    await put(store, at("a"), { epochs: "20" });
    await put(store, at("b"), { epochs: "30" });
    await put(store, at("c"));
    await put(store, at("d", "other"));
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
    await put(store, at("a"));
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
    await put(store, at("a"), {}, "first");
    let stop = false;
    const reader = (async () => {
      let reads = 0;
      for (; !stop; reads++) await store.read(at("a"));
      return reads;
    })();
    for (let i = 0; i < 20; i++) await put(store, at("a"), {}, `note ${i}`);
    stop = true;
    expect(await reader).toBeGreaterThan(0);
    expect(existsSync(join(store.location, "quarantine"))).toBe(false);
  });
});
