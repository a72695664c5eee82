/** Locks of machines that see nothing of each other but the store. */

import { performance } from "node:perf_hooks";
import { hostname } from "node:os";
import { expect, onTestFinished, test, vi } from "vitest";
import { markOf } from "../../../core/lib/owner.ts";
import type { ArtifactStore } from "../../../core/store/store.ts";
import type { FakeS3 } from "./_fake_s3.ts";
import { at, keysWith, openElsewhere, useFake } from "./_opened.ts";

const LOCATION = "s3://bucket/store";
const KEY = `store/locks/train-${at("a").key}.json`;
const NO_PID = 2 ** 22 + 1;

function lockOf(fake: FakeS3, host: string, pid: number, beat = 0): void {
  const { space } = markOf();
  const owner = { pid, host, space, since: "", command: "" };
  fake.set(KEY, Buffer.from(JSON.stringify({ token: "x", beat, owner })));
}

async function isFree(store: ArtifactStore): Promise<boolean> {
  const lock = await store.tryLock(at("a"));
  if (lock.locked) await lock.release();
  return lock.locked;
}

test("of many who try at once one gets the lock", async () => {
  const fake = await useFake();
  const stores = Array.from({ length: 8 }, () => openElsewhere(LOCATION));
  const locks = await Promise.all(
    stores.map((store) => store.tryLock(at("a"))),
  );
  const held = locks.filter((lock) => lock.locked);
  expect(held).toHaveLength(1);
  await held[0]!.release();
  expect(keysWith(fake, "/locks/")).toEqual([]);
  expect(keysWith(fake, "/probes/")).toEqual([]);
});

test("a dead process of this host is followed at once", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  lockOf(fake, hostname(), NO_PID);
  expect(await isFree(store)).toBe(true);
});

test("another host's is followed when it was silent for half a minute of watching", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  lockOf(fake, "elsewhere", 1);
  const now = vi.spyOn(performance, "now");
  onTestFinished(() => now.mockRestore());
  const start = performance.now();
  const look = (second: number) => {
    now.mockReturnValue(start + second * 1000);
    return isFree(store);
  };
  for (let second = 0; second <= 29; second++) {
    expect(await look(second)).toBe(false);
  }
  lockOf(fake, "elsewhere", 1, 1);
  for (let second = 30; second <= 60; second++) {
    expect(await look(second), `after ${second} s`).toBe(false);
  }
  expect(await look(61)).toBe(true);
});

test("a holder gives signs of life, and lets go for good", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const fake = await useFake();
  const lock = await openElsewhere(LOCATION).tryLock(at("a"));
  if (!lock.locked) throw new Error("It was free");
  const marks = new Set<string>();
  for (let beat = 0; beat < 3; beat++) {
    marks.add(fake.objects.get(KEY)!.etag);
    vi.advanceTimersByTime(5_000);
    await expect.poll(() => marks.has(fake.objects.get(KEY)!.etag)).toBe(false);
  }
  expect(vi.getTimerCount()).toBe(1);
  await lock.release();
  expect(fake.objects.has(KEY)).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test("who has lost a lock does not remove the other's", async () => {
  const fake = await useFake();
  const lock = await openElsewhere(LOCATION).tryLock(at("a"));
  if (!lock.locked) throw new Error("It was free");
  lockOf(fake, "elsewhere", 1);
  await lock.release();
  expect(keysWith(fake, "/locks/")).toEqual([KEY]);
});

test("a lock whose answer was lost is this process's", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  expect(await isFree(store)).toBe(true);
  let lost = false;
  const { set } = fake.objects;
  vi.spyOn(fake.objects, "set").mockImplementation(function (key, object) {
    // It is written, and then the service does not say so.
    if (key === KEY && !lost) {
      lost = true;
      fake.faults.refuse = { status: 500, code: "InternalError", times: 1 };
      set.call(fake.objects, key, object);
      throw new Error("The answer is lost");
    }
    return set.call(fake.objects, key, object);
  });
  expect((await store.tryLock(at("a"))).locked).toBe(true);
  expect(lost).toBe(true);
});

test("a service that heeds no conditions is refused", async () => {
  const fake = await useFake();
  fake.faults.ignoresConditions = true;
  await expect(openElsewhere(LOCATION).tryLock(at("a"))).rejects
    .toThrow("its service ignores If-None-Match");
  expect(keysWith(fake, "/locks/")).toEqual([]);
});
