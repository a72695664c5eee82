/** `gc` of a store that is elsewhere, and of its copies here. */

import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { collectGarbage } from "../../../core/runs/gc.ts";
import { self } from "../../../core/lib/owner.ts";
import type { ArtifactStore } from "../../../core/store/store.ts";
import type { FakeS3 } from "./_fake_s3.ts";
import {
  at,
  keysWith,
  openElsewhere,
  put,
  temporary,
  useFake,
} from "./_opened.ts";

const LOCATION = "s3://bucket/store";
const LONG_AGO = Date.now() - 1e9;

async function refer(store: ArtifactStore, ...names: readonly string[]) {
  await store.admin.references.put({
    run: "r",
    record: "/elsewhere/record.json",
    host: "elsewhere",
    artifacts: names.map(at),
    owner: null,
  });
}

function collect(store: ArtifactStore) {
  return collectGarbage(store, { outputs: temporary("outputs") });
}

/** Has all objects be as old as that. */
function growOld(fake: FakeS3): void {
  for (const [key, object] of fake.objects) {
    fake.objects.set(key, { ...object, modified: LONG_AGO });
  }
}

test("what no run needs goes, with its files and its copy here", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  await put(store, at("a"));
  await put(store, at("b"));
  await refer(store, "a");
  const result = await collect(store);
  expect(result.removed).toEqual([{
    what: "train",
    path: `train/${at("b").key}`,
    bytes: expect.any(Number),
    why: "no run refers to it",
  }]);
  expect(keysWith(fake, at("b").key)).toEqual([]);
  expect(existsSync(store.directory(at("b")))).toBe(false);
  expect(existsSync(store.directory(at("a")))).toBe(true);
  expect((await collect(store)).removed).toEqual([]);
});

test("copies of what another machine removed go", async () => {
  await useFake();
  const here = openElsewhere(LOCATION);
  const there = openElsewhere(LOCATION);
  await put(there, at("a"));
  await here.read(at("a"));
  await collect(there);
  expect(existsSync(here.directory(at("a")))).toBe(true);
  const { removed, bytes } = await collect(here);
  expect(removed).toMatchObject([{
    what: "copy",
    path: `cache/train/${at("a").key}`,
    why: "on this machine, of what the store has no more",
  }]);
  expect(bytes).toBeGreaterThan(0);
  expect(existsSync(here.directory(at("a")))).toBe(false);
  expect((await collect(here)).removed).toEqual([]);
});

test("files of an upload that broke off go, when nobody can be at it", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  await put(store, at("a"));
  await put(store, at("b"));
  await refer(store, "a", "b");
  const [manifest] = keysWith(fake, `manifests/train/${at("b").key}`);
  fake.objects.delete(manifest!);
  fake.set(`store/files/train/${at("a").key}/old`, Buffer.from("of before"));
  expect((await collect(store)).removed.map(({ what }) => what), "young")
    .toEqual(["copy"]);
  growOld(fake);
  const lock = await store.tryLock(at("b"));
  const { removed } = await collect(store);
  expect(removed, "b is being made").toMatchObject([
    { what: "draft", path: `files/train/${at("a").key}`, bytes: 9 },
  ]);
  if (lock.locked) await lock.release();
  expect((await collect(store)).removed).toMatchObject([
    { what: "draft", path: `files/train/${at("b").key}` },
  ]);
  expect(keysWith(fake, "/files/").every((key) => key.includes(at("a").key)))
    .toBe(true);
  expect(await store.read(at("a"))).toEqual({ note: { text: "hello" } });
});

test("locks and references of the dead go, checkpoints with the run's end", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  await put(store, at("a"));
  await refer(store, "a");
  const owner = { ...self(), pid: 2 ** 22 + 1 };
  const lock = JSON.stringify({ token: "x", beat: 0, owner });
  fake.set(`store/locks/train-${at("z").key}.json`, Buffer.from(lock));
  const silent = JSON.stringify({ token: "y", owner: { ...owner, host: "x" } });
  fake.set(`store/locks/train-${at("y").key}.json`, Buffer.from(silent));
  fake.set(
    `store/attempts/train/${at("a").key}/checkpoint.bin`,
    Buffer.alloc(5),
  );
  const { removed } = await collect(store);
  expect(removed.map(({ what }) => what).sort()).toEqual(["attempt", "lock"]);
  expect(keysWith(fake, "/locks/"), "another host's may be held").toHaveLength(
    1,
  );
  growOld(fake);
  expect((await collect(store)).removed).toMatchObject([{ what: "lock" }]);
  expect(keysWith(fake, "/attempts/")).toEqual([]);
  expect(keysWith(fake, "/locks/")).toEqual([]);
});
