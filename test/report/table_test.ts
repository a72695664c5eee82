import { expect, test } from "vitest";
import { formatTable, summarise } from "../../core/report/mod.ts";
import type { FakeOptions } from "./fake_artifacts.ts";
import { fakeResult } from "./fake_result.ts";

async function summary(options: Omit<FakeOptions, "outputDirectory"> = {}) {
  const { result, store } = fakeResult({
    outputDirectory: "/nowhere/outputs",
    ...options,
  });
  return await summarise(result, store);
}

function widest(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}

test("formatTable() sets out four priors in 80 columns", async () => {
  const text = formatTable(await summary());
  expect(text.split("\n").slice(0, 5)).toEqual([
    "Prior             ELBO   Reconstruction      KL   NLL (K=500)   ms/step",
    "Gaussian(0,1)   -99.12=           73.81*  25.31         94.92=     5.00",
    "Gaussian(1,2)   -99.61=           75.30   24.31         95.41=     5.00",
    "Beta(1,1)      -104.93            81.62   23.31        100.73      5.00",
    "Gamma(3,2)     -101.37            79.06   22.31         97.17=     5.00",
  ]);
  expect(text).toContain("Nats a test image, dynamic binarisation");
  expect(widest(text)).toBeLessThanOrEqual(80);
  expect(text).not.toContain("SYNTHETIC");
  expect(text).not.toContain("\u001b");
});

test("formatTable() never runs over, however narrow or long", async () => {
  const labels = ["A".repeat(70), "B", "C", "D"];
  const long = await summary({ labels });
  for (const width of [40, 60, 80, 120]) {
    const table = formatTable(long, { width }).split("\n").slice(0, 5);
    expect(widest(table.join("\n"))).toBeLessThanOrEqual(width);
    expect(table[0]).toContain("ELBO");
  }
  expect(formatTable(long, { width: 40 })).not.toContain("ms/step");
});

test("formatTable() is loud about synthetic digits and grey pixels", async () => {
  const text = formatTable(
    await summary({ synthetic: true, binarization: "grey" }),
  );
  const [first, second] = text.split("\n");
  expect(first).toContain("SYNTHETIC DIGITS, NOT REAL DATA");
  expect(second).toContain("GREY PIXELS: NOT A LIKELIHOOD");
});

test("formatTable() shows a failed run with dashes and its error", async () => {
  const text = formatTable(await summary({ failing: 3 }));
  expect(text).toMatch(/^Gamma\(3,2\) +- +- +- +- +-$/m);
  expect(text).toContain("Gamma(3,2) failed: train Gamma(3,2): Loss is NaN");
});

test("formatTable() colours what is separated from all others where asked to", async () => {
  const text = formatTable(await summary(), { color: true });
  expect(text).toContain("\u001b[32m73.81*\u001b[39m");
  expect(text).not.toContain("\u001b[32m-99.12");
});

test("formatTable() gives figures of different kinds tables of their own", async () => {
  const mixed = await summary();
  const trials = mixed.trials.map((trial, index) => ({
    ...trial,
    conditions: {
      ...trial.conditions,
      binarization: index === 0 ? "threshold" : "dynamic",
    },
  }));
  const text = formatTable({ ...mixed, trials });
  expect(text.match(/^Prior/gm)).toHaveLength(2);
  expect(text).toContain("pixels cut at one half");
});

test("formatTable() has a table for each form of pixels, one in bits", async () => {
  const pixels = ["unit", "bytes", "bytes", "binary"] as const;
  const text = formatTable(await summary({ pixels }));
  expect(text.match(/^Prior/gm)).toHaveLength(3);
  expect(text.match(/bits\/dim /g)).toHaveLength(1);
  expect(text).toContain("densities of pixels from 0 to 1");
  expect(text).toContain("256 grey levels");
  expect(text).not.toContain("NOT A LIKELIHOOD");
});

test("formatTable() adds means and deviations over seeds", async () => {
  const text = formatTable(
    await summary({ labels: ["A", "A", "Other"], seeds: [0, 1, 0] }),
  );
  expect(text.split("\n")).toEqual(
    expect.arrayContaining([
      "Over seeds             ELBO    Reconstruction               KL             NLL ",
      "A (2)        -99.37 +- 0.35*    74.56 +- 1.05*   24.81 +- 0.71   95.16 +- 0.35*",
    ]),
  );
  expect(text).not.toContain("Other (");
  expect(widest(text)).toBeLessThanOrEqual(80);
});

test("formatTable() tells how far each is from the best, and what one seed leaves out", async () => {
  const text = formatTable(await summary());
  expect(text.split("\n")).toEqual(expect.arrayContaining([
    "From the best                   ELBO                    NLL ",
    "Gaussian(0,1)               the best               the best ",
    "Gaussian(1,2)    -0.49 [-1.16, 0.18]=   +0.49 [-2.05, 3.03]=",
  ]));
  expect(text).toContain("training luck is not in the intervals");
  expect(text).not.toContain("more seeds each");
});

test("formatTable() marks configurations, not their seeds, and says how many more would decide", async () => {
  const options = {
    labels: ["A", "B", "C", "A", "B", "C"],
    seeds: [0, 0, 0, 1, 1, 1],
  };
  const text = formatTable(await summary(options));
  const [trials, seeds] = text.split("Over seeds") as [string, string];
  expect(trials).not.toMatch(/\d[*=]/);
  expect(seeds).toMatch(/^A \(2\) .*\d=/m);
  expect(text).not.toContain("training luck is not in");
  expect(text).toMatch(/ELBO: .* more seeds? each would tell \d+\.\d\d nats/);
});
