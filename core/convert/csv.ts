/** Metrics as tables that spreadsheets, pandas and R read. @module */

import { csvFormat } from "d3-dsv";
import { partLabels } from "../vae/matrix.ts";
import { conditionsOf, figuresOf } from "../vae/figures.ts";
import type { Measured } from "../vae/figures/figure.ts";
import type { ConvertedTrial, Format } from "./format.ts";

/** `metrics.csv`: a line for each record of the training. */
export const csv: Format = {
  name: "csv",
  description: "metrics by epoch as metrics.csv, all trials in results.csv",
  engine: "none",
  hasWeights: false,
  files: ({ metrics }) =>
    Promise.resolve([{ path: "metrics.csv", data: table(metrics) }]),
};

/** `results.csv`: a line for each trial. */
export function resultsTable(trials: readonly ConvertedTrial[]): string {
  return table(trials.map(({ plan, matrix, training, measured }) => ({
    trial: plan.id,
    prior: plan.values.prior.label,
    ...partLabels(plan.values),
    latentDim: plan.values.latentDim,
    seed: plan.values.seed,
    ...matrixColumns(matrix),
    epochs: training.epochs.length,
    binarization: training.binarization,
    ...figureColumns(measured),
    ...conditionsOf(measured),
  })));
}

/** Figures, and their standard errors. */
function figureColumns(measured: Measured): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(figuresOf(measured)).flatMap(([name, { value, error }]) => [
      [name, value],
      ...(error === null ? [] : [[`${name}StandardError`, error]]),
    ]),
  );
}

/** Options of stages in which trials differ, as numbers or text. */
function matrixColumns(
  matrix: ConvertedTrial["matrix"],
): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(matrix).map(([name, value]) => [
      name,
      typeof value === "number" || typeof value === "string"
        ? value
        : JSON.stringify(value),
    ]),
  );
}

/** Columns of all records, in their order of appearance. */
function table(
  records: readonly Readonly<Record<string, number | string>>[],
): string {
  const columns = [
    ...new Set(records.flatMap((record) => Object.keys(record))),
  ];
  return `${csvFormat([...records], columns)}\n`;
}
