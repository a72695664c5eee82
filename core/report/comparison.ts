/**
 * The picture that sets all runs side by side.
 *
 * @module
 */

import type { ReportData } from "./data.ts";
import { datasetTitle, plural } from "./format.ts";
import { comparisonPng } from "./image/mod.ts";
import { noticesOf } from "./notices.ts";

/** Draws `comparison.png` for a report. */
export async function renderComparison(data: ReportData): Promise<Buffer> {
  const columns = data.runs.map(({ run, samples, figures, conditions }) => ({
    label: run.label,
    generated: samples?.generated ?? null,
    figures,
    conditions,
  }));
  const alarms = noticesOf(data).filter(({ severity }) => severity === "alarm");
  return await comparisonPng(columns, {
    title: `Decoder means of draws from the prior${datasetOf(data)}`,
    banners: alarms.map(({ title }) => title),
  });
}

function datasetOf({ dataset, runs }: ReportData): string {
  if (dataset === null) return "";
  const images =
    runs.flatMap(({ measured }) => measured.evaluation?.images ?? [])[0];
  const test = images === undefined
    ? ""
    : `, means over ${plural(images, "test image")}`;
  return ` · ${datasetTitle(dataset.name)}${test}`;
}
