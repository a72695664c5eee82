import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { collectGarbage } from "../../core/runs/gc.ts";
import { sha256 } from "../../core/lib/files.ts";
import { self } from "../../core/lib/owner.ts";
import { folderStore } from "../../core/store/folder/folder_store.ts";
import type { ArtifactAddress, ArtifactStore } from "../../core/store/store.ts";
import { fakeRecord, writeRecord } from "./fake_record.ts";

let root: string;
let outputs: string;
let store: ArtifactStore;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gc-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  outputs = join(root, "outputs");
  store = folderStore(join(root, "store"));
});

const at = (name: string): ArtifactAddress => ({
  stage: "train",
  key: sha256(name),
});

async function put(...names: readonly string[]) {
  for (const name of names) {
    const draft = await store.draft(at(name));
    const value = { training: { name } };
    await draft.commit(value, { fields: {}, ms: 1, warnings: [] });
  }
}

async function refer(run: string, names: readonly string[], rest = {}) {
  const record = join(outputs, "runs", run, "record.json");
  await store.admin.references.put({
    run,
    record,
    host: hostname(),
    artifacts: names.map(at),
    owner: null,
    ...rest,
  });
  return record;
}

async function left(): Promise<readonly string[]> {
  const keys = new Set(
    (await store.admin.list()).map(({ address }) => address.key),
  );
  return ["a", "b", "c"].filter((name) => keys.has(sha256(name)));
}

test("gc keeps what runs refer to, here and in other checkouts", async () => {
  await put("a", "b", "c");
  // By a record of these outputs alone, as after a copy of the store.
  const record = fakeRecord();
  const [load] = record.stages;
  const stages = [{ ...load!, name: "train", key: at("a").key }];
  writeRecord(outputs, { ...record, stages });
  // By a reference of another checkout's.
  const elsewhere = writeRecord(join(root, "other"), fakeRecord());
  await refer("other", ["b"], { record: elsewhere });
  const dry = await collectGarbage(store, { outputs, dry: true });
  expect(dry.removed).toEqual([{
    what: "train",
    path: `train/${at("c").key}`,
    bytes: expect.any(Number),
    why: "no run refers to it",
  }]);
  expect(await left()).toEqual(["a", "b", "c"]);
  const done = await collectGarbage(store, { outputs });
  expect(done).toEqual(dry);
  expect(done.bytes).toBeGreaterThan(0);
  expect(done.kept.count).toBe(2);
  expect(await left()).toEqual(["a", "b"]);
  expect(existsSync(join(store.location, ".trash"))).toBe(false);
});

test("gc forgets references whose run is gone", async () => {
  await put("a");
  await refer("gone", ["a"]);
  await collectGarbage(store, { outputs });
  expect(await left()).toEqual([]);
  expect(await store.admin.references.list()).toEqual([]);
});

test("gc keeps what a run needs whose record cannot be looked for, and names it", async () => {
  await put("a", "b");
  // As root, too, nobody looks behind a link to itself.
  const home = join(root, "theirs");
  symlinkSync("theirs", home);
  const record = join(home, "runs", "r", "record.json");
  await refer("r", ["a"], { record });
  const { unseen } = await collectGarbage(store, { outputs });
  expect(unseen).toEqual([
    { run: "r", record, why: expect.stringContaining("ELOOP"), going: 0 },
  ]);
  expect(await left()).toEqual(["a"]);
  const limited = await collectGarbage(store, { outputs, usedSince: Infinity });
  expect(limited.unseen).toMatchObject([{ run: "r", going: 1 }]);
  expect(await left()).toEqual([]);
});

test("gc removes nothing where a reference cannot be read, or the folder of them", async () => {
  await put("a");
  await refer("r", ["a"]);
  const [reference] = await store.admin.references.list();
  const folder = join(store.location, ".references");
  const file = join(folder, `${reference!.id}.json`);
  const refused = async (place: string) => {
    await expect(collectGarbage(store, { outputs })).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(
        `Cannot tell what can go from the store "${store.location}": "${place}" says what a run needs, and cannot be read`,
      ),
      hint: expect.stringContaining("Nothing was removed"),
    });
    expect(await left()).toEqual(["a"]);
  };
  for (const text of ["{", "{}"]) {
    writeFileSync(file, text);
    await refused(file);
  }
  rmSync(file);
  mkdirSync(file);
  await refused(file);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "");
  await refused(folder);
});

test("gc removes nothing where a run's own record cannot be read, and nobody else knows what it needs", async () => {
  await put("a");
  const record = join(outputs, "runs", "r", "record.json");
  mkdirSync(record, { recursive: true });
  const message = `"${join(outputs, "runs", "r")}" says what a run needs`;
  await expect(collectGarbage(store, { outputs })).rejects.toThrow(message);
  expect(await left()).toEqual(["a"]);
  // The store knows.
  await refer("r", ["a"]);
  await collectGarbage(store, { outputs });
  expect(await left()).toEqual(["a"]);
});

// Others have no user to become.
test.skipIf(process.getuid?.() !== 0)(
  "gc keeps what another user's runs need, who keeps his outputs to himself; skipped but for root",
  async () => {
    await put("a", "b");
    const theirs = join(root, "theirs");
    const record = writeRecord(theirs, fakeRecord());
    await refer("r", ["a"], { record });
    chmodSync(root, 0o755);
    chmodSync(theirs, 0o700);
    const nobody = 65_534;
    const give = (path: string) => {
      chownSync(path, nobody, nobody);
      if (!statSync(path).isDirectory()) return;
      for (const name of readdirSync(path)) give(join(path, name));
    };
    give(store.location);
    process.seteuid!(nobody);
    onTestFinished(() => process.seteuid!(0));
    const { unseen } = await collectGarbage(store, { outputs });
    expect(unseen).toEqual([
      { run: "r", record, why: expect.stringContaining("EACCES"), going: 0 },
    ]);
    expect(await left()).toEqual(["a"]);
  },
);

test("gc keeps what a running process needs, whatever the limits", async () => {
  await put("a", "b");
  await refer("works", ["a"], { owner: self() });
  const limits = { maxSize: 0, usedSince: Infinity };
  const { busy } = await collectGarbage(store, { outputs, ...limits });
  expect(busy).toBe(1);
  expect(await left()).toEqual(["a"]);
});

test("gc waits for nobody's lock, and takes nothing that is locked", async () => {
  await put("a", "b");
  const lock = await store.tryLock(at("a"));
  await collectGarbage(store, { outputs });
  expect(lock.locked).toBe(true);
  expect(await left()).toEqual(["a"]);
});

test("gc counts reports of before there were records", async () => {
  await put("a", "b");
  const folder = join(outputs, "runs", "old");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "manifest.json"),
    JSON.stringify({ fingerprint: "", files: {}, artifacts: [at("a").key] }),
  );
  await collectGarbage(store, { outputs });
  expect(await left()).toEqual(["a"]);
});

test("a run that begins while gc decides loses nothing", async () => {
  // Each time, a run appears at another moment: it must find its artifact, or
  // not, but never find it and then lose it.
  for (let i = 0; i < 20; i++) {
    await put("a");
    const begins = (async () => {
      for (let tick = 0; tick < i; tick++) await null;
      await refer(`run-${i}`, ["a"], { owner: self() });
      return (await store.inspect(at("a"))).status === "hit";
    })();
    const [found] = await Promise.all([
      begins,
      collectGarbage(store, { outputs }),
    ]);
    const there = (await store.inspect(at("a"))).status === "hit";
    expect(there).toBe(found);
    const [reference] = await store.admin.references.list();
    await store.admin.references.remove([reference!.id]);
  }
});

test("gc of no store makes none", async () => {
  const { removed, kept } = await collectGarbage(store, { outputs });
  expect({ removed, kept }).toEqual({
    removed: [],
    kept: { count: 0, bytes: 0 },
  });
  expect(existsSync(store.location)).toBe(false);
});
