import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { findRun, findRuns } from "../../core/runs/find_runs.ts";
import { self } from "../../core/lib/owner.ts";
import type { LockOwner } from "../../core/lib/owner.ts";
import { folderStore } from "../../core/store/folder/folder_store.ts";
import type { ArtifactStore } from "../../core/store/store.ts";
import { fakeRecord, writeRecord } from "./fake_record.ts";

let outputs: string;
let store: ArtifactStore;

beforeEach(() => {
  outputs = mkdtempSync(join(tmpdir(), "outputs-"));
  onTestFinished(() => rmSync(outputs, { recursive: true, force: true }));
  store = folderStore(join(outputs, "store"));
  const runs = [
    ["default-1a2b3c4d", "2026-01-02T00:00:00Z"],
    ["default-1a2bffff", "2026-01-03T00:00:00Z"],
    ["other-00000000", "2026-01-01T00:00:00Z"],
  ] as const;
  for (const [run, ended] of runs) {
    writeRecord(outputs, fakeRecord({ run, ended }));
  }
});

const find = (name: string) => findRun(name, outputs, store);

test("findRuns() has the newest first, and says what it cannot read", async () => {
  writeRecord(outputs, { ...fakeRecord(), run: "bad", version: 4 as 3 });
  mkdirSync(join(outputs, "runs", "old"));
  mkdirSync(join(outputs, "runs", ".default-1a2b3c4d~1~2~h~draft"));
  const { runs, unreadable } = await findRuns(outputs, store);
  expect(runs.map(({ id }) => id)).toEqual([
    "default-1a2bffff",
    "default-1a2b3c4d",
    "other-00000000",
  ]);
  expect(unreadable).toMatchObject([
    { id: "bad", problem: expect.stringContaining("version 4") },
    { id: "old", problem: expect.stringContaining("it has no record") },
  ]);
});

test("a record that may not be read is not called missing", async () => {
  const folder = join(outputs, "runs", "mine");
  mkdirSync(folder, { recursive: true });
  // As root, too, nobody looks behind a link to itself.
  symlinkSync("record.json", join(folder, "record.json"));
  const problem = expect.stringContaining("ELOOP");
  expect((await findRuns(outputs, store)).unreadable)
    .toMatchObject([{ id: "mine", problem }]);
  await expect(findRun("mine", outputs, store)).rejects.toMatchObject({
    message: problem,
  });
});

test("findRuns() of nothing is nothing", async () => {
  expect(await findRuns(join(outputs, "nowhere"), store))
    .toEqual({ runs: [], unreadable: [] });
});

describe("findRun()", () => {
  test("takes a name, the beginning of one, and paths", async () => {
    const folder = join(outputs, "runs", "other-00000000");
    for (
      const name of [
        "other-00000000",
        "o",
        folder,
        join(folder, "record.json"),
      ]
    ) {
      expect((await find(name)).id).toBe("other-00000000");
    }
  });

  test("takes latest, by link, by text and by copy", async () => {
    symlinkSync(join("runs", "default-1a2b3c4d"), join(outputs, "latest"));
    expect((await find("latest")).id).toBe("default-1a2b3c4d");
    rmSync(join(outputs, "latest"));
    writeFileSync(join(outputs, "latest.txt"), "runs/other-00000000\n");
    expect((await find("latest")).id).toBe("other-00000000");
    rmSync(join(outputs, "latest.txt"));
    mkdirSync(join(outputs, "latest"));
    writeFileSync(
      join(outputs, "latest", "record.json"),
      JSON.stringify(fakeRecord({ run: "default-1a2b3c4d" })),
    );
    expect((await find("latest")).id).toBe("default-1a2b3c4d");
  });

  test("takes for latest what ended last where nothing leads to a run", async () => {
    expect((await find("latest")).id).toBe("default-1a2bffff");
    symlinkSync(join("runs", "removed"), join(outputs, "latest"));
    expect((await find("latest")).id).toBe("default-1a2bffff");
    rmSync(join(outputs, "runs"), { recursive: true });
    await expect(find("latest")).rejects.toMatchObject({
      message: expect.stringContaining("Cannot find the latest run"),
      hint: "Make one with npm start",
    });
  });

  test.each([
    ["nothing begins so", "x", 'Cannot find run "x"', "See npm run cli list"],
    [
      "a slip",
      "default-1a2b3c4e",
      '"default-1a2b3c4d", "default-1a2bffff"',
      'Did you mean "default-1a2b3c4d"?',
    ],
    ["two begin so", "default-1a2b", "Cannot tell which run", "more of its"],
    ["an empty name", "", "Cannot find run", "See npm run cli list"],
    ["a path to nothing", "./nowhere.json", "no such file", undefined],
  ])("refuses where %s", async (_, name, message, hint) => {
    await expect(find(name)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(message),
      hint: hint === undefined ? undefined : expect.stringContaining(hint),
    });
  });

  test("tells how to make a run where there is none", async () => {
    await expect(findRun("a", join(outputs, "nowhere"), store)).rejects
      .toMatchObject({ hint: "Make one with npm start" });
  });

  test("a run that is taken up again is running, whatever its record says", async () => {
    const record = fakeRecord({ run: "r", status: "failed" });
    const file = writeRecord(outputs, record);
    const reference = { run: "r", record: file, host: hostname() };
    const put = (owner: LockOwner | null) =>
      store.admin.references.put({ ...reference, artifacts: [], owner });
    await put(self());
    expect((await find("r")).record.status).toBe("running");
    await put(null);
    expect((await find("r")).record.status).toBe("failed");
  });

  test("a run that nobody is at any more was interrupted", async () => {
    writeRecord(outputs, fakeRecord({ run: "r", status: "running" }));
    expect((await find("r")).record.status).toBe("interrupted");
  });
});
