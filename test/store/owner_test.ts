import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, markOf } from "../../core/store/owner.ts";

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
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 10000"]);
    onTestFinished(() => void parent.kill("SIGKILL"));
    const [line] = await once(parent.stdout, "data");
    const pid = Number(line);
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) {
      await delay(10);
    }
    expect(isAlive({ pid, host: hostname() })).toBe(false);
  },
);
