/**
 * The picture that sets all trials side by side.
 *
 * @module
 */

import type { ReportData } from "./data.ts";
import { datasetTitle, plural } from "./format.ts";
import { comparisonPng } from "./image/mod.ts";
import { noticesOf } from "./notices.ts";

/** Draws `comparison.png` for a report. */
export async function renderComparison(data: ReportData): Promise<Buffer> {
  const columns = data.trials.map((
    { trial, samples, figures, conditions },
  ) => ({
    label: trial.label,
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

function datasetOf({ dataset, trials }: ReportData): string {
  if (dataset === null) return "";
  const images =
    trials.flatMap(({ measured }) => measured.evaluation?.images ?? [])[0];
  const test = images === undefined
    ? ""
    : `, means over ${plural(images, "test image")}`;
  return ` · ${datasetTitle(dataset.name)}${test}`;
}
