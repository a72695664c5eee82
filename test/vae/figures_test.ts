/** Every figure of the list is wherever figures are. @module */

import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resultsTable } from "../../core/convert/csv.ts";
import type { ConvertedTrial } from "../../core/convert/format.ts";
import { tensorboard } from "../../core/convert/tensorboard/format.ts";
import type { ReportData } from "../../core/report/data.ts";
import { gatherData } from "../../core/report/gather_data.ts";
import { renderHtml } from "../../core/report/html.ts";
import { formatTable } from "../../core/report/mod.ts";
import { summariseData } from "../../core/report/summary.ts";
import type { RunSummary } from "../../core/report/summary_types.ts";
import { compareRuns } from "../../core/runs/compare.ts";
import { endRecord } from "../../core/runs/make_record.ts";
import { parseRecord, type RunRecord } from "../../core/runs/record.ts";
import { figures as liveFigures } from "../../core/report/live/pages/figures.ts";
import type { RunView } from "../../core/report/live/known/run_view.ts";
import {
  conditionsOf,
  type FigureName,
  FIGURES,
  figuresOf,
  GROUPS,
  UNMEASURED,
  whyApart,
} from "../../core/vae/figures.ts";
import {
  headingOf,
  shortUnit,
  showNumber,
} from "../../core/vae/figures/show.ts";
import { smallRun } from "../convert/small_run.ts";
import { useBackend } from "../engine/backends.ts";
import { fakeResult } from "../report/fake_result.ts";
import { createCheckout } from "../runs/_checkout.ts";
import { fakeRecord, writeRecord } from "../runs/fake_record.ts";

test("what stands behind a number is no article", () => {
  expect([...new Set(FIGURES.map(shortUnit))].toSorted())
    .toEqual(["", "%", "bits", "nats"]);
});

describe("every figure is in", () => {
  let trial: ConvertedTrial;
  let data: ReportData;
  let summary: RunSummary;
  let record: RunRecord;
  let folder: string;

  beforeAll(async () => {
    await useBackend("cpu");
    // Figures in bits are those of grey levels alone.
    const small = await smallRun();
    const evaluation = {
      ...small.measured.evaluation!,
      pixels: "bytes" as const,
    };
    trial = { ...small, measured: { ...small.measured, evaluation } };
    folder = await mkdtemp(join(tmpdir(), "vae-priors-figures-"));
    const { result, store } = fakeResult({
      outputDirectory: folder,
      labels: ["A", "A"],
      seeds: [0, 1],
      measured: trial.measured,
    });
    data = await gatherData(result, store);
    summary = summariseData(data);
    const ended = await endRecord(fakeRecord(), result, {
      store: null as never,
      measured: data.trials,
    });
    record = parseRecord(JSON.parse(JSON.stringify(ended)), "Cannot read");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const texts = (text: string) => text.replaceAll("−", "-");

  test("the table, and the one over seeds", () => {
    const [runs, seeds] = formatTable(summary).split("Over seeds", 2) as [
      string,
      string,
    ];
    const overSeeds = formatTable(summary).slice(runs.length);
    expect(seeds).not.toBe("");
    for (const figure of FIGURES) {
      const { name, short } = figure;
      const shown = showNumber(figure, summary.trials[0]!.figures[name]!.value);
      expect(runs).toContain(short);
      expect(runs).toContain(shown);
      expect(overSeeds).toContain(short);
      expect(overSeeds).toContain(`${shown} +- `);
    }
    const widest = formatTable(summary).split("\n").map(({ length }) => length);
    expect(Math.max(...widest)).toBeLessThanOrEqual(80);
  });

  test("report.html, with its seeds", async () => {
    const html = texts(await renderHtml(data));
    for (const figure of FIGURES) {
      const { name } = figure;
      const shown = showNumber(figure, summary.trials[0]!.figures[name]!.value);
      // Before an arrow, if any.
      const head = `<th scope="col">${headingOf(figure)}`;
      expect(html.match(new RegExp(`${head}(</th>| <span)`, "g")))
        .toHaveLength(2);
      expect(html).toContain(shown);
    }
    for (const { remark = "" } of GROUPS) expect(html).toContain(remark);
  });

  test("summary.json", () => {
    for (const { name, read } of FIGURES) {
      const value = read(trial.measured)!;
      expect(summary.trials[0]!.figures[name]).toEqual(value);
      expect(summary.overSeeds[0]![name as FigureName])
        .toMatchObject({ mean: expect.closeTo(value.value, 10), seeds: 2 });
    }
  });

  test("the record, its comparison, inspect and compare", async () => {
    const { metrics } = compareRuns(record, record).trials[0]!;
    const here = createCheckout();
    for (const name of ["one-11111111", "two-22222222"]) {
      writeRecord(here.outputs, { ...record, run: name });
    }
    const { out: inspected } = await here.cli("inspect", "one-11111111");
    const { out: compared } = await here.cli(
      "compare",
      "one-11111111",
      "two-22222222",
    );
    for (const figure of FIGURES) {
      const value = figure.read(trial.measured)!;
      expect(record.trials[0]!.figures[figure.name]).toEqual(value);
      expect(metrics.find(({ name }) => name === figure.name))
        .toMatchObject({ before: value.value, difference: 0 });
      const shown = showNumber(figure, value.value);
      expect(inspected).toContain(headingOf(figure, "short"));
      expect(inspected).toContain(shown);
      expect(compared).toMatch(
        new RegExp(`^  ${headingOf(figure)} +${shown} +${shown} +\\+0`, "m"),
      );
    }
  });

  test("CSV", () => {
    const [heads, values] = resultsTable([trial]).trim().split("\n")
      // The label has a comma of its own.
      .map((line) => line.replace(/"[^"]*"/g, "").split(",")) as [
        string[],
        string[],
      ];
    for (const { name, read } of FIGURES) {
      const { value, error } = read(trial.measured)!;
      const column = (head: string) => values[heads.indexOf(head)];
      expect(Number(column(name))).toBe(value);
      if (error !== null) {
        expect(Number(column(`${name}StandardError`))).toBe(error);
      }
    }
  });

  test("TensorBoard", async () => {
    const [file] = await tensorboard.files(trial, (note) => expect.fail(note));
    const bytes = Buffer.from(file!.data as Uint8Array).toString("latin1");
    for (const { key, figures } of GROUPS) {
      for (const { name } of figures) expect(bytes).toContain(`${key}/${name}`);
    }
  });

  test("the live page", () => {
    const page = texts(
      liveFigures(
        { ...record, trials: record.trials } as never as RunView,
      ).text,
    );
    for (const figure of FIGURES) {
      const value = figure.read(trial.measured)!;
      expect(page).toContain(`<th scope="col">${headingOf(figure)}</th>`);
      expect(page).toContain(`<td>${showNumber(figure, value.value)}`);
    }
  });

  test("nothing that it does not hold under", () => {
    const known = Object.keys(conditionsOf(trial.measured));
    for (const { under, given } of FIGURES) {
      expect(known).toEqual(expect.arrayContaining([...under]));
      if (given !== undefined) expect(under).toContain(given.condition);
    }
    const names = GROUPS.flatMap(({ conditions }) => Object.keys(conditions));
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(FIGURES.map(({ name }) => name)).size).toBe(FIGURES.length);
  });
});

test("what could not be had, or is no number, is no figure", () => {
  expect(figuresOf(UNMEASURED)).toEqual({});
  const evaluation = {
    elbo: { mean: NaN, standardError: 1 },
    kl: { mean: 2, standardError: NaN },
    nll: null,
  } as never;
  expect(figuresOf({ ...UNMEASURED, evaluation }))
    .toEqual({ kl: { value: 2, error: null } });
});

test("figures compare under the same conditions, as far as they are known", () => {
  const nll = FIGURES.find(({ name }) => name === "nll")!;
  const one = { binarization: "dynamic", nllSamples: 500, testImages: 10_000 };
  expect(whyApart(nll, one, one)).toBeUndefined();
  expect(whyApart(nll, one, {})).toBeUndefined();
  expect(whyApart(nll, one, { ...one, nllSamples: 1 }))
    .toBe("of 500 and 1 sample an image");
  expect(whyApart(nll, one, { ...one, testImages: 100 }))
    .toBe("of 10,000 and 100 test images");
  expect(whyApart(nll, { testSet: "a" }, { testSet: "b" }))
    .toBe("of other test images");
});
