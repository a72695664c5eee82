/** Labels that are much too long, in every drawing of a report. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { timesChart } from "../../core/report/charts/times.ts";
import { writeReport } from "../../core/report/mod.ts";
import { fakeExploration } from "./fake_exploration.ts";
import { fakeResult } from "./fake_result.ts";

const LONG = ["W".repeat(400), `${"i".repeat(399)}2`, "many words ".repeat(40)];
/** Of any length: width, height, radius. */
const LENGTH = /\b(?:width|height|r|rx)="([^"]*)"/g;

test("a report of labels of 400 letters has no negative length in its drawings", async () => {
  const outputDirectory = await mkdtemp(join(tmpdir(), "report-"));
  onTestFinished(() => rm(outputDirectory, { recursive: true, force: true }));
  const { result, store } = fakeResult({
    outputDirectory,
    labels: LONG,
    metrics: true,
    explored: () => fakeExploration(),
  });
  const { directory } = await writeReport(result, store);
  const page = await readFile(join(directory, "report.html"), "utf8");
  expect(page).toContain(LONG[0]);
  const drawings = page.match(/<svg\b.*?<\/svg>/gs)!;
  expect(drawings.length).toBeGreaterThan(5);
  for (const drawing of drawings) expect(faults(drawing)).toEqual([]);
  const png = await readFile(join(directory, "comparison.png"));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
});

test.each([[LONG[0]!], ["short"]])(
  "the times of a run have a bar that can be seen: %s",
  async (trial) => {
    const times = [
      { trial, stage: "train", ms: 3000 },
      { trial, stage: "sample".repeat(80), ms: 2000 },
    ];
    const text = { id: "times", title: "Times", description: "Times" };
    const svg = await timesChart(times, text);
    expect(faults(svg)).toEqual([]);
    const widths = [...svg.matchAll(/<rect [^>]*width="([^"]*)"/g)]
      .map(([, width]) => Number(width));
    expect(Math.min(...widths)).toBeGreaterThan(50);
    const still = times.map((time) => ({ ...time, ms: 0 }));
    expect(faults(await timesChart(still, text))).toEqual([]);
  },
);

/** What no drawing may have. */
function faults(svg: string): readonly string[] {
  const lengths = [...svg.matchAll(LENGTH)]
    .filter(([, length]) => !/^\d/.test(length!))
    .map(([attribute]) => attribute);
  return [
    ...lengths,
    ...svg.match(/\w+="[^"]*\b(?:NaN|undefined|Infinity)\b[^"]*"/g) ?? [],
  ];
}
