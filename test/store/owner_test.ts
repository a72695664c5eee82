import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import {
  FOREIGN_MS,
  isAlive,
  judge,
  listAbandoned,
  markOf,
  ownedName,
} from "../../core/lib/owner.ts";
import { startChild } from "../processes/child.ts";

/** No system gives such a process id. */
const NO_PID = 2 ** 30;
const UUID = "00000000-0000-4000-8000-000000000000";
const onLinux = process.platform === "linux";
/** The mark of a process that is none, as another container has it. */
const contained = { pid: NO_PID, host: hostname(), space: "1a2b3c4d-0-7" };

test("isAlive() of this process, of none, of another host's", () => {
  expect(isAlive(markOf())).toBe(true);
  expect(isAlive({ ...markOf(), pid: NO_PID })).toBe(false);
  expect(isAlive({ ...markOf(), pid: NO_PID, host: "elsewhere" })).toBe(true);
});

test("a process that another container or an earlier version has numbered is not judged", () => {
  expect(judge(contained)).toBe("unknown");
  const { space: _, ...earlier } = markOf();
  expect(judge({ ...earlier, pid: NO_PID })).toBe(onLinux ? "unknown" : "dead");
  expect(judge({ ...markOf(), pid: NO_PID })).toBe("dead");
});

test("listAbandoned() leaves what cannot be judged until it was untouched for a week", async () => {
  const folder = mkdtempSync(join(tmpdir(), "owner-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const host = hostname().replaceAll(/[^\w.-]/g, "_");
  const names = [
    `.contained.old~${NO_PID}~7~${host}~+${contained.space}~${UUID}`,
    `.earlier.old~${NO_PID}~7~${host}~${UUID}`,
    `.numbered.old~${NO_PID}~7~1234~+${contained.space}~${UUID}`,
    ownedName(".living.old"),
    ownedName(".dead.old").replace(`~${process.pid}~`, `~${NO_PID}~`),
  ];
  for (const name of names) mkdirSync(join(folder, name));
  const found = async () =>
    (await listAbandoned(folder)).map(({ name }) => name).sort();
  const known = onLinux ? [".dead.old"] : [".dead.old", ".earlier.old"];
  expect(await found()).toEqual(known);
  const long = new Date(Date.now() - FOREIGN_MS - 1000);
  for (const name of names) utimesSync(join(folder, name), long, long);
  expect(await found()).toEqual(
    [".contained.old", ".dead.old", ".earlier.old", ".numbered.old"],
  );
});

// Elsewhere nobody says of a process when it started, and whether it is over.
test.runIf(onLinux)(
  "isAlive() is not misled by a number used again, nor by the unburied",
  async () => {
    expect(isAlive({ ...markOf(), started: "1" })).toBe(false);
    // Its child ends when a shell, which would take note, is no longer there.
    const untilGone = "until grep -q '^sleep$' /proc/$$/comm; do :; done";
    const script = `{ ${untilGone}; } & echo pid $!; exec sleep 10000`;
    const parent = startChild(["sh", "-c", script]);
    onTestFinished(() => parent.kill());
    const pid = Number((await parent.until("pid ")).slice("pid ".length));
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) {
      await delay(10);
    }
    const { started: _, ...here } = markOf();
    expect(isAlive({ ...here, pid })).toBe(false);
  },
);
