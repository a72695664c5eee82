/** Two PID namespaces with the same host name share a store. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../../core/store/open.ts";
import { startChild } from "../../processes/child.ts";
import { canUnshare, unshared } from "../../processes/namespace.ts";

const moduleAt = (name: string) =>
  new URL(`../../../core/store/${name}`, import.meta.url).href;
const address = { stage: "train", key: "a".repeat(64) };

/** Locks an artifact, begins it, and keeps it when a file appears. */
const SCRIPT = `
import { watch } from "node:fs";
import { openStore } from ${JSON.stringify(moduleAt("open.ts"))};
import { judge } from ${JSON.stringify(moduleAt("../lib/owner.ts"))};
const [, root, word] = process.argv;
const store = await openStore(root);
const address = ${JSON.stringify(address)};
const lock = await store.tryLock(address);
const draft = await store.draft(address);
const { owner } = await store.tryLock(address);
if (judge(owner) !== "lives") throw new Error("It does not know itself");
const watcher = watch(word, async () => {
  watcher.close();
  await draft.commit({ training: 1 }, { fields: {}, ms: 1, warnings: [] });
  await lock.release();
  console.log("kept");
});
console.log("locked:", lock.locked, "started:", owner.started !== "0");
`;

test.skipIf(!canUnshare).each([true, false])(
  "a lock and a draft are left to who lives in another namespace, whose /proc is its own: %s; skipped where there can be none",
  async (ownProc) => {
    const home = mkdtempSync(join(tmpdir(), "namespaces-"));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const root = join(home, "store");
    const word = join(home, "word");
    mkdirSync(word);
    const program = "--import=tsx --input-type=module --eval".split(" ");
    const holder = startChild(
      unshared([process.execPath, ...program, SCRIPT, root, word], { ownProc }),
    );
    onTestFinished(() => holder.kill());
    expect(await holder.until("locked"))
      .toBe(`locked: true started: ${ownProc}`);
    const store = await openStore(root);
    expect((await store.tryLock(address)).locked).toBe(false);
    await store.removeStale();
    const left = (await store.admin.orphans())
      .map(({ kind, busy }) => ({ kind, busy }));
    expect(left).toEqual([
      { kind: "draft", busy: true },
      { kind: "lock", busy: true },
    ]);
    writeFileSync(join(word, "now"), "");
    await holder.until("kept");
    expect((await holder.ended).code).toBe(0);
    expect(await store.read(address)).toEqual({ training: 1 });
    expect((await store.tryLock(address)).locked).toBe(true);
  },
);
