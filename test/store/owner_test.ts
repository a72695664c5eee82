import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, markOf } from "../../core/store/owner.ts";
import { startChild } from "../processes/child.ts";

test("isAlive() of this process, of none, of another host's", () => {
  expect(isAlive(markOf())).toBe(true);
  expect(isAlive({ pid: 2 ** 30, host: hostname() })).toBe(false);
  expect(isAlive({ pid: 2 ** 30, host: "elsewhere" })).toBe(true);
});

// Elsewhere nobody says of a process when it started, and whether it is over.
test.runIf(process.platform === "linux")(
  "isAlive() is not misled by a number used again, nor by the unburied",
  async () => {
    expect(isAlive({ ...markOf(), started: "1" })).toBe(false);
    // Its child ends, and it never takes note.
    const script = "sleep 0 & echo pid $!; exec sleep 10000";
    const parent = startChild(["sh", "-c", script]);
    onTestFinished(() => parent.kill());
    const pid = Number((await parent.until("pid ")).slice("pid ".length));
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) {
      await delay(10);
    }
    expect(isAlive({ pid, host: hostname() })).toBe(false);
  },
);
