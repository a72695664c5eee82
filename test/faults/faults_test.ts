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

/** How many of each room. */
const SHARES = {
  kill: 2,
  points: 5,
  errors: 5,
  reads: 2,
  damage: 3,
  race: 2,
  clock: 1,
  edit: 2,
} as const;

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench.project.remove());

describe("whatever happens, the store stays whole", () => {
  for (const [room, share] of Object.entries(SHARES)) {
    it(`${room}`, async () => {
      const options = { rooms: [room], seed: 1, count: 4 };
      const all = await listAttempts(bench, options);
      const complaints: string[] = [];
      for (let i = 0; i < share; i++) {
        const { kind, what, attempt } =
          all[Math.floor((i + 0.5) * all.length / share)]!;
        const verdict = await attempt();
        complaints.push(
          ...verdict.complaints.map((text) => `${kind}, ${what}: ${text}`),
        );
      }
      expect(complaints).toEqual([]);
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
    bench.prepare("empty");
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
