import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { self } from "../../core/lib/owner.ts";
import { at, collect, here, left, put, refer, useStore } from "./_garbage.ts";
import { fakeRecord, writeRecord } from "./fake_record.ts";

useStore();

test("gc keeps what runs refer to, here and in other checkouts", async () => {
  await put("a", "b", "c");
  // By a record of these outputs alone, as after a copy of the store.
  const record = fakeRecord();
  const [load] = record.stages;
  const stages = [{ ...load!, name: "train", key: at("a").key }];
  writeRecord(here.outputs, { ...record, stages });
  // By a reference of another checkout's.
  const elsewhere = writeRecord(join(here.root, "other"), fakeRecord());
  await refer("other", ["b"], { record: elsewhere });
  const dry = await collect({ dry: true });
  expect(dry.removed).toEqual([{
    what: "train",
    path: `train/${at("c").key}`,
    bytes: expect.any(Number),
    why: "no run refers to it",
  }]);
  expect(await left()).toEqual(["a", "b", "c"]);
  const done = await collect();
  expect(done).toEqual(dry);
  expect(done.bytes).toBeGreaterThan(0);
  expect(done.kept.count).toBe(2);
  expect(await left()).toEqual(["a", "b"]);
  expect(existsSync(join(here.store.location, ".trash"))).toBe(false);
});

test("gc forgets references whose run is gone", async () => {
  await put("a");
  await refer("gone", ["a"]);
  await collect();
  expect(await left()).toEqual([]);
  expect(await here.store.admin.references.list()).toEqual([]);
});

test("gc keeps what a running process needs, whatever the limits", async () => {
  await put("a", "b");
  await refer("works", ["a"], { owner: self() });
  const limits = { maxSize: 0, usedSince: Infinity };
  const { busy } = await collect({ ...limits });
  expect(busy).toBe(1);
  expect(await left()).toEqual(["a"]);
});

test("gc waits for nobody's lock, and takes nothing that is locked", async () => {
  await put("a", "b");
  const lock = await here.store.tryLock(at("a"));
  await collect();
  expect(lock.locked).toBe(true);
  expect(await left()).toEqual(["a"]);
});

test("gc counts reports of before there were records", async () => {
  await put("a", "b");
  const folder = join(here.outputs, "runs", "old");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "manifest.json"),
    JSON.stringify({ fingerprint: "", files: {}, artifacts: [at("a").key] }),
  );
  await collect();
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
      return (await here.store.inspect(at("a"))).status === "hit";
    })();
    const [found] = await Promise.all([
      begins,
      collect(),
    ]);
    const there = (await here.store.inspect(at("a"))).status === "hit";
    expect(there).toBe(found);
    const [reference] = await here.store.admin.references.list();
    await here.store.admin.references.remove([reference!.id]);
  }
});

test("gc of no store makes none", async () => {
  const { removed, kept } = await collect();
  expect({ removed, kept }).toEqual({
    removed: [],
    kept: { count: 0, bytes: 0 },
  });
  expect(existsSync(here.store.location)).toBe(false);
});
