/**
 * What a store owes of locks, and of attempts, which they guard.
 *
 * @module
 */

import { existsSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { at, type OpenTested, put } from "./tested.ts";

/** Declares the tests. */
export function testLocks(open: OpenTested): void {
  describe("locks", () => {
    it("are held by one, who is named, until released", async () => {
      const { store, other } = await open();
      const first = await store.tryLock(at("a"));
      if (!first.locked) throw new Error("It was free");
      expect(await other.tryLock(at("a"))).toMatchObject({
        locked: false,
        owner: { pid: process.pid, host: hostname() },
      });
      const another = await other.tryLock(at("b"));
      expect(another.locked).toBe(true);
      await first.release();
      expect((await other.tryLock(at("a"))).locked).toBe(true);
    });

    it("show in the list", async () => {
      const { store, other } = await open();
      await put(store, at("a"));
      await put(store, at("b"));
      await store.tryLock(at("a"));
      const locked = (await other.admin.list())
        .map(({ address, locked }) => [address.key, locked]);
      expect(new Map(locked as [string, boolean][])).toEqual(
        new Map([[at("a").key, true], [at("b").key, false]]),
      );
    });
  });

  it("keeps the folder of an attempt until it is cleared", async () => {
    const { store, other } = await open();
    const folder = await store.attemptDirectory(at("a"));
    writeFileSync(join(folder, "checkpoint"), "1");
    expect(await other.attemptDirectory(at("a"))).toBe(folder);
    expect(existsSync(join(folder, "checkpoint"))).toBe(true);
    expect((await other.admin.orphans()).map(({ kind, address }) => ({
      kind,
      address,
    }))).toContainEqual({ kind: "attempt", address: at("a") });
    await other.clearAttempt(at("a"));
    expect(existsSync(join(folder, "checkpoint"))).toBe(false);
  });

  it("lets others look at an attempt, and see whether it goes on", async () => {
    const { store, other } = await open();
    const look = () => other.admin.lookAtAttempt(at("a"));
    expect(await look()).toEqual({ directory: null, working: false });
    const lock = await store.tryLock(at("a"));
    if (!lock.locked) throw new Error("nobody else is here");
    const directory = await store.attemptDirectory(at("a"));
    expect(await look()).toEqual({ directory, working: true });
    await lock.release();
    expect(await look()).toEqual({ directory, working: false });
  });
}
