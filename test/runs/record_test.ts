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
  expect(stagesOf(record, record.trials[1]!).map(({ title }) => title))
    .toEqual(["load", "train beta"]);
});

test("a record of the first version has the figures that it had", async () => {
  const { trials, ...record } = fakeRecord();
  const [{ figures: _, conditions: __, ...trial }] = trials as [
    typeof trials[0],
  ];
  const metrics = {
    elbo: { mean: -100, standardError: 0.3 },
    reconstruction: { mean: 75, standardError: 0.2 },
    kl: { mean: 25, standardError: 0.1 },
    nll: null,
    nllSamples: null,
    binarization: "dynamic",
    images: 10_000,
  };
  const file = join(folder, "record.json");
  writeFileSync(
    file,
    JSON.stringify({
      ...record,
      version: 1,
      members: [{ ...trial, metrics }, { ...trial, metrics: null }],
    }),
  );
  expect(await readRecord(file)).toEqual({
    ...record,
    trials: [{
      ...trial,
      figures: {
        elbo: { value: -100, error: 0.3 },
        reconstruction: { value: 75, error: 0.2 },
        kl: { value: 25, error: 0.1 },
      },
      conditions: {
        pixels: "binary",
        binarization: "dynamic",
        testImages: 10_000,
      },
    }, { ...trial, figures: {}, conditions: {} }],
  });
});

test("a record of the second version has the trials that it called members", async () => {
  const { trials, ...record } = fakeRecord();
  const file = join(folder, "record.json");
  const former = { ...record, version: 2, members: trials };
  writeFileSync(file, JSON.stringify(former));
  expect(await readRecord(file)).toEqual({ ...record, trials });
});

test.each([
  ["no such file", null],
  ["JSON", "{"],
  ["it is not a record of a run", "{}"],
  ["it is not a record of a run", "[]"],
  ["it is not a record of a run", "null"],
  [
    "found version 9 of the format, want 3",
    JSON.stringify({ ...fakeRecord(), version: 9 }),
  ],
  [
    "trials.0.seed is wrong",
    JSON.stringify({
      ...fakeRecord(),
      trials: [{ ...fakeRecord().trials[0], seed: "x" }],
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

test("a folder is no record, and is said to be one", async () => {
  await expect(readRecord(folder)).rejects.toMatchObject({
    message:
      `Cannot read the record "${folder}": it is a folder, and a file is wanted`,
    hint: expect.stringContaining("record.json"),
  });
});
