import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { readRecord, stagesOf } from "../../core/runs/record.ts";
import { fakeRecord, writeRecord } from "./fake_record.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "records-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

test("a record is read as it was written", async () => {
  const record = fakeRecord();
  const file = writeRecord(folder, record);
  expect(await readRecord(file)).toEqual(record);
  expect(stagesOf(record, record.members[1]!).map(({ title }) => title))
    .toEqual(["load", "train beta"]);
});

test.each([
  ["no such file", null],
  ["JSON", "{"],
  ["it is no record of a run", "{}"],
  ["it is no record of a run", "[]"],
  ["it is no record of a run", "null"],
  [
    "found version 9 of the format, want 1",
    JSON.stringify({ ...fakeRecord(), version: 9 }),
  ],
  [
    "members.0.seed is wrong",
    JSON.stringify({
      ...fakeRecord(),
      members: [{ ...fakeRecord().members[0], seed: "x" }],
    }),
  ],
])("what is no record is refused: %s", async (problem, text) => {
  const file = join(folder, "record.json");
  if (text !== null) writeFileSync(file, text);
  await expect(readRecord(file)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining(problem),
  });
});
