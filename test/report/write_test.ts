import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { summarise, writeReport } from "../../core/report/mod.ts";
import { fakeResult } from "./fake_result.ts";

// Drawing loads libraries that take long on a busy machine.
const labels = ["Gaussian(0,1)", "Beta(1,1)"];
let outputDirectory: string;

beforeEach(async () => {
  outputDirectory = await mkdtemp(join(tmpdir(), "report-"));
});
afterEach(async () => {
  await rm(outputDirectory, { recursive: true, force: true });
});

test("writeReport() fills the folder and points latest at it", async () => {
  const artifact = join(outputDirectory, "artifact");
  await mkdir(artifact);
  await writeFile(join(artifact, "metrics.jsonl"), '{"epoch":1}\n');
  await writeFile(join(artifact, "samples.png"), "drawn by the stage");
  const directories = { "train-0": artifact, "sample-0": artifact };
  const fake = fakeResult({ outputDirectory, labels, directories });
  const paths = await writeReport(fake.result, fake.store);
  expect(paths.written).toBe(true);
  expect((await readdir(paths.directory)).sort()).toEqual([
    "comparison.png",
    "manifest.json",
    "report.html",
    "run-0",
    "run-1",
    "summary.json",
  ]);
  const read = (file: string) => readFile(join(paths.directory, file), "utf8");
  expect((await readdir(join(paths.directory, "run-0"))).sort()).toEqual(
    ["metrics.jsonl", "reconstructions.png", "samples.png"],
  );
  expect(await read("run-0/metrics.jsonl")).toBe('{"epoch":1}\n');
  expect(await read("run-0/samples.png")).toBe("drawn by the stage");
  expect((await readdir(join(paths.directory, "run-1"))).sort()).toEqual(
    ["reconstructions.png", "samples.png"],
  );
  const summary = JSON.parse(await read("summary.json"));
  const inPlace = await summarise(fake.result, fake.store);
  expect(summary).toEqual({
    ...inPlace,
    trials: inPlace.trials.map((trial, i) => ({
      ...trial,
      images: {
        samples: `run-${i}/samples.png`,
        reconstructions: `run-${i}/reconstructions.png`,
      },
    })),
  });
  expect(inPlace.trials[0]!.images.samples)
    .toBe(join(paths.directory, "run-0", "samples.png"));
  expect(await readlink(paths.latest!)).toBe(join("runs", "default-1a2b3c4d"));
});

test("writeReport() does nothing, and reads nothing, where all was cached", async () => {
  const first = fakeResult({ outputDirectory, labels });
  const { html } = await writeReport(first.result, first.store);
  const { mtimeMs } = await stat(html);
  const again = fakeResult({ outputDirectory, labels, status: "cached" });
  const report = await writeReport(again.result, again.store);
  expect(report.written).toBe(false);
  expect((await stat(html)).mtimeMs).toBe(mtimeMs);
  const summary = await summarise(again.result, again.store, report);
  expect(again.reads).toEqual([]);
  expect(summary.trials[1]!.stages[1]).toEqual(
    { name: "train", cached: true, reason: "unchanged", ms: 46_900 },
  );
  expect(summary.trials[1]!.test.elbo).toBeCloseTo(-99.61);
});

test("writeReport() writes anew what is damaged, forced or said differently", async () => {
  const first = fakeResult({ outputDirectory, labels });
  const { html } = await writeReport(first.result, first.store);
  const whole = await readFile(html, "utf8");

  await writeFile(html, "half");
  const cached = fakeResult({ outputDirectory, labels, status: "cached" });
  expect((await writeReport(cached.result, cached.store)).written).toBe(true);
  expect((await readFile(html, "utf8")).length).toBeGreaterThan(
    whole.length / 2,
  );

  expect((await writeReport(first.result, first.store)).written).toBe(true);

  const preset = fakeResult({
    outputDirectory,
    labels,
    preset: "quick",
    status: "cached",
  });
  expect((await writeReport(preset.result, preset.store)).written).toBe(true);
  expect(await readFile(html, "utf8")).toContain("Preset &quot;quick&quot;");
});

test("writeReport() completes the report of a partial run", async () => {
  const partial = fakeResult({ outputDirectory, labels });
  const trials = partial.result.trials.map((trial) => ({
    ...trial,
    stages: trial.stages.map((stage, index) =>
      index === 3 ? { ...stage, status: "skipped" as const } : stage
    ),
  }));
  await writeReport({ ...partial.result, trials }, partial.store);
  const full = fakeResult({ outputDirectory, labels, status: "cached" });
  const { written, summary } = await writeReport(full.result, full.store);
  expect(written).toBe(true);
  const [trial] = JSON.parse(await readFile(summary, "utf8")).trials;
  expect(trial.test.elbo).toBeCloseTo(-99.12);
});

test("writeReport() leaves the old report whole where the new one fails", async () => {
  const fake = fakeResult({ outputDirectory, labels });
  const { html, directory } = await writeReport(fake.result, fake.store);
  const before = await readFile(html, "utf8");
  // Pixels that do not fit: drawing fails halfway.
  const read = async (key: string) => {
    const given = await fake.store.read(key);
    if (key !== "sample-1") return given;
    const samples = given["samples"] as { generated: object };
    const generated = { ...samples.generated, pixels: new Float32Array(3) };
    return { samples: { ...samples, generated } };
  };
  await expect(writeReport(fake.result, { read })).rejects.toThrow(
    "found 3 pixels",
  );
  expect(await readFile(html, "utf8")).toBe(before);
  expect(await readdir(join(directory, ".."))).toEqual(["default-1a2b3c4d"]);
});

test("writeReport() says where it may not write", async () => {
  const fake = fakeResult({ outputDirectory, labels });
  // A file where the folder should be.
  await writeFile(join(outputDirectory, "runs"), "");
  await expect(writeReport(fake.result, fake.store)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining("Cannot write the report in"),
  });
});

test("writeReport() leaves what somebody has put into its folder", async () => {
  const fake = fakeResult({ outputDirectory, labels });
  const { directory, html } = await writeReport(fake.result, fake.store);
  await writeFile(join(directory, "notes.txt"), "mine");
  await mkdir(join(directory, "run-0", "more"));
  await writeFile(join(directory, "run-0", "more", "a.txt"), "mine, too");
  await symlink("notes.txt", join(directory, "link"));

  const cached = fakeResult({ outputDirectory, labels, status: "cached" });
  expect((await writeReport(cached.result, cached.store)).written).toBe(false);
  await writeFile(html, "half");
  expect((await writeReport(cached.result, cached.store)).written).toBe(true);

  const read = (file: string) => readFile(join(directory, file), "utf8");
  expect(await read("report.html")).toContain("</html>");
  expect(await read("notes.txt")).toBe("mine");
  expect(await read("link")).toBe("mine");
  expect(await read("run-0/more/a.txt")).toBe("mine, too");
  const manifest = JSON.parse(await read("manifest.json"));
  expect(Object.keys(manifest.files)).not.toContain("notes.txt");
  expect((await writeReport(cached.result, cached.store)).written).toBe(false);
});

test("writeReport() can be done by two at once", async () => {
  const fake = fakeResult({ outputDirectory, labels });
  const both = await Promise.all([
    writeReport(fake.result, fake.store),
    writeReport(fake.result, fake.store),
  ]);
  const cached = fakeResult({ outputDirectory, labels, status: "cached" });
  expect((await writeReport(cached.result, cached.store)).written).toBe(false);
  expect(await readdir(join(both[0].directory, ".."))).toEqual(
    ["default-1a2b3c4d"],
  );
});
