import {
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { importRun } from "../../core/runs/archive/import_run.ts";
import { verifyStore } from "../../core/runs/verify.ts";
import { createCheckout } from "./_checkout.ts";
import { archivedRun, entriesOf } from "./archive/archived_run.ts";
import { testRefusedContents } from "./archive/refused_contents.ts";
import { testRefusedForms } from "./archive/refused_forms.ts";

const archive = archivedRun();

test("nothing in an archive says where it was made", async () => {
  await archive.exported();
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const places = [archive.here.folder + sep, tmpdir() + sep, root];
  const texts = await entriesOf(archive.file);
  expect(texts.size).toBeGreaterThan(10);
  for (const [path, text] of texts) {
    const found = places.filter((place) => text.includes(place));
    expect([path, found]).toEqual([path, []]);
  }
});

test("a run goes from one checkout into another, where it is cached", async () => {
  const { artifacts, bytes, sha256 } = await archive.exported();
  expect(artifacts).toBe(6);
  expect(readFileSync(archive.file)).toHaveLength(bytes);
  const there = createCheckout();
  const first = await importRun(archive.file, there.store, {
    outputs: there.outputs,
  });
  expect(first).toMatchObject({ taken: 6, known: 0, wasHere: false });
  expect(first.different).toEqual([]);
  expect((await verifyStore(there.store)).damaged).toEqual([]);
  const files = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  expect(files(first.directory)).toEqual(
    files(join(archive.here.outputs, "runs", first.run)),
  );

  const again = await importRun(archive.file, there.store, {
    outputs: there.outputs,
  });
  expect(again).toMatchObject({ taken: 0, known: 6, wasHere: true });

  const { result } = await there.run();
  const statuses = result.trials[0]!.stages.map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set(["cached"]));
  // The record is still that of the making.
  expect(await there.record()).toEqual(await archive.here.record());
  expect((await there.store.admin.references.list())[0]).toMatchObject({
    holds: true,
    working: false,
  });
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("the same run is the same archive, in any time zone", async () => {
  const { sha256 } = await archive.exported();
  vi.stubEnv("TZ", "Asia/Tokyo");
  const again = `${archive.file}.again`;
  expect((await archive.exported(again)).sha256).toBe(sha256);
  vi.unstubAllEnvs();
});

test("a run that is not whole any more is not exported", async () => {
  const record = await archive.here.record();
  const train = record.stages.find(({ name }) => name === "train")!;
  const folder = archive.here.store.directory({
    stage: "train",
    key: train.key,
  });
  const weights = join(folder, "arrays.safetensors");
  const whole = readFileSync(weights);
  const bytes = Buffer.from(whole);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(weights, bytes);
  await expect(archive.exported()).rejects.toThrow(
    "of train Gaussian(0,1), arrays.safetensors is not what was written",
  );
  writeFileSync(weights, whole);
  renameSync(folder, `${folder}-away`);
  await expect(archive.exported()).rejects.toThrow(
    "it is no longer in the store",
  );
  renameSync(`${folder}-away`, folder);
  expect(readdirSync(dirname(archive.file))).toEqual([]);
});

test.each(["REPORT.html", "why?.txt"])(
  "a run in which somebody has put %s is not exported",
  async (name) => {
    const { run } = await archive.here.record();
    const file = join(archive.here.outputs, "runs", run, name);
    writeFileSync(file, "mine");
    await expect(archive.exported()).rejects.toThrow(name);
    rmSync(file);
    expect(readdirSync(dirname(archive.file))).toEqual([]);
  },
);

describe("an archive is refused, and nothing of it taken in, where", () => {
  testRefusedForms(archive);
  testRefusedContents(archive);
});
