import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdir, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { heldLocks } from "../../core/store/folder/held_locks.ts";
import { removeStaleLocks, tryLockFile } from "../../core/lib/lock.ts";
import { markOf, type ProcessMark } from "../../core/lib/owner.ts";

let folder: string;
let path: string;
let touches = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  path = join(folder, "train");
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

/** No system gives such a process id. */
const NO_PID = 2 ** 30;
/** Processes of which nothing can be told from here. */
const FOREIGN: readonly [string, Partial<ProcessMark>][] = [
  ["another host", { host: "elsewhere" }],
  ["another container", { space: "1a2b3c4d-0-7" }],
];

/** The lock of a process of another host, and how that touches it. */
async function lockElsewhere(
  mark: Partial<ProcessMark> = { host: "elsewhere" },
): Promise<() => Promise<void>> {
  const file = join(`${path}.lock`, "token.json");
  await mkdir(`${path}.lock`);
  const owner = { ...markOf(), pid: NO_PID, ...mark };
  await writeFile(file, JSON.stringify(owner));
  return () => {
    const time = new Date(touches++ * 1e9);
    return utimes(file, time, time);
  };
}

/** Looks once a second for so long. */
async function watch(
  seconds: number,
  touch: () => Promise<void> = async () => {},
): Promise<boolean> {
  const now = vi.spyOn(performance, "now");
  onTestFinished(() => now.mockRestore());
  const start = performance.now();
  for (let second = 0; second <= seconds; second++) {
    now.mockReturnValue(start + second * 1000);
    const attempt = await tryLockFile(path);
    if (attempt.locked) {
      await attempt.release();
      return true;
    }
    if (second % 5 === 0) await touch();
  }
  return false;
}

test.each(FOREIGN)(
  "tryLockFile() takes over from %s what was not touched for half a minute of watching",
  async (_, mark) => {
    await lockElsewhere(mark);
    expect(await watch(29)).toBe(false);
    expect(await watch(3)).toBe(true);
  },
);

test.each(FOREIGN)(
  "tryLockFile() leaves a lock to who touches it in %s, whatever time that thinks it is",
  async (_, mark) => {
    expect(await watch(100, await lockElsewhere(mark))).toBe(false);
  },
);

test.each(FOREIGN)(
  "a lock of %s is held until it was silent for an hour",
  async (_, mark) => {
    const touch = await lockElsewhere(mark);
    await removeStaleLocks(folder);
    expect(await heldLocks(folder)).toEqual(new Set(["train"]));
    await touch();
    expect(await heldLocks(folder)).toEqual(new Set());
  },
);

test("a lock that cannot be read is held", async () => {
  // A folder is in the place of the file that says whose it is.
  await mkdir(join(`${path}.lock`, "token.json"), { recursive: true });
  expect(await heldLocks(folder)).toEqual(new Set(["train"]));
});

test("tryLockFile() takes a lock of which only the folder is left", async () => {
  await mkdir(`${path}.lock`);
  const attempt = await tryLockFile(path);
  expect(attempt.locked).toBe(true);
  if (attempt.locked) await attempt.release();
  expect(readdirSync(folder)).toEqual([]);
});

test("release() leaves the lock of who took over alone", async () => {
  const first = await tryLockFile(path);
  const [token] = readdirSync(`${path}.lock`);
  rmSync(join(`${path}.lock`, token!));
  const second = await tryLockFile(path);
  expect([first.locked, second.locked]).toEqual([true, true]);
  if (first.locked) await first.release();
  expect((await tryLockFile(path)).locked).toBe(false);
  if (second.locked) await second.release();
  expect(readdirSync(folder)).toEqual([]);
});

test("removeStaleLocks() leaves a lock that is held, however old it is", async () => {
  const attempt = await tryLockFile(path);
  const old = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000);
  await utimes(`${path}.lock`, old, old);
  await mkdir(`${path}-old`);
  await utimes(`${path}-old`, old, old);
  await removeStaleLocks(folder);
  expect(readdirSync(folder)).toEqual(["train.lock"]);
  const [token] = readdirSync(`${path}.lock`);
  expect(readFileSync(join(`${path}.lock`, token!), "utf8")).toContain(
    `"pid": ${process.pid}`,
  );
  if (attempt.locked) await attempt.release();
});
