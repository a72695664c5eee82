/**
 * The short version: some of what `npm run faults` tries, from each of its
 * rooms.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, createBench } from "./_bench.ts";
import { findHalves } from "./_check.ts";
import { listAttempts } from "./_rooms.ts";

/**
 * By rooms, the kinds of which one is tried: together they have every victim,
 * every moment of a run and every error.
 */
const KINDS = {
  kill: [
    "SIGKILL of the whole group at a random moment",
    "SIGKILL of the runner at a random moment",
    "SIGKILL of the worker at a random moment",
  ],
  points: [
    "SIGKILL at each write of a commit",
    "SIGKILL at each write of the runner",
    "SIGKILL at each write of replacing",
    "SIGKILL at each write of a run with report",
  ],
  errors: [
    "ENOSPC from each write of a commit on",
    "EIO at each write of a commit",
    "EACCES from each write of a commit on",
    "EACCES from each write of a report on",
  ],
  reads: ["EIO at each read", "EMFILE at each read"],
  damage: [
    "artifact's file truncated",
    "artifact's file removed",
    "artifact's file a bit flipped",
  ],
  race: ["2 runs at once", "3 runs at once, one of them killed"],
  clock: ["clock moved by hours between runs"],
  edit: ["source edited in mid-run", "data edited in mid-run"],
} as const;

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench.project.remove());

describe("whatever happens, the store stays whole", () => {
  for (const [room, kinds] of Object.entries(KINDS)) {
    it(`${room}`, async () => {
      const options = { rooms: [room], seed: 1, count: 4, kinds };
      const all = await listAttempts(bench, options);
      const complaints: string[] = [];
      for (const [i, name] of kinds.entries()) {
        const these = all.filter(({ kind }) => kind === name);
        // One early, one late: each kind at another of its moments.
        const at = Math.floor((i + 0.5) * these.length / kinds.length);
        const { kind, what, attempt } = these[at]!;
        let verdict = await attempt();
        // Where it is busy, one may have ended before another has begun.
        for (let i = 1; room === "race" && !verdict.happened && i < 5; i++) {
          verdict = await attempt();
        }
        complaints.push(
          ...verdict.complaints.map((text) => `${kind}, ${what}: ${text}`),
        );
        // A kill at a random moment may come after the end.
        if (!verdict.happened && room !== "kill") {
          complaints.push(`${kind}, ${what}: it did not happen`);
        }
      }
      expect(complaints.join("\n")).toBe("");
    });
  }

  it("is served from where nothing may be written", async () => {
    bench.prepare("whole");
    const fault = { at: 1, action: "EROFS", lasting: true } as const;
    const { code, err } = await bench.project.run({ fault });
    expect({ code, err }).toEqual({ code: 0, err: "" });

    bench.prepare("no train");
    const refused = await bench.project.run({ program: "stages", fault });
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(
      `Cannot write to the store in "${bench.project.outputs}/store": the disk is read-only`,
    );
    expect(refused.err).toContain("hint: ");
    expect(findHalves(bench.project.outputs)).toEqual([]);
  });

  it.each(
    [
      ["EINVAL", "sync"],
      ["EBADF", "sync folder"],
    ] as const,
  )("is made where the file system knows no sync: %s of %s", async (
    action,
    only,
  ) => {
    bench.prepare("no train");
    const fault = { at: 1, action, lasting: true, only };
    const { code, err, fired } = await bench.project.run({ fault });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(fired).toContain(only);
    expect(findHalves(bench.project.outputs)).toEqual([]);
  });

  it("has its report, and latest leads there, where no link can be made", async () => {
    const { outputs } = bench.project;
    bench.prepare("no report");
    const { code, err, fired } = await bench.project.run({
      fault: { action: "EPROTO", lasting: true, at: 1, only: "symlink" },
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(fired).toContain("symlink");
    expect(readFileSync(join(outputs, "latest", "report.html"), "utf8"))
      .toContain("</html>");
  });
});
