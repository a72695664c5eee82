/**
 * Our runs beside the published figures.
 *
 * @module
 */

import type { RunSummary, TrialSummary } from "../../../core/mod.ts";
import type { PublishedRecord } from "./published.ts";

/** A config's summary as far as it has come; null where nothing has. */
export type Summaries = Readonly<Record<string, RunSummary | null>>;

/**
 * Negative log-likelihoods in nats, in Markdown: every trial of ours and every
 * published figure, side by side where they are of the same model.
 *
 * @throws {Error} where ours are not of MNIST.
 */
export function recordsTable(
  summaries: Summaries,
  published: readonly PublishedRecord[],
): string {
  const rows = Object.entries(summaries).flatMap(([config, summary]) => {
    const trials = summary === null ? [] : trialsOf(summary);
    const known = published.filter((one) => one.config === config);
    const labels = [
      ...new Set([
        ...known.map(({ trial }) => trial),
        ...trials.map(({ label }) => label),
      ]),
    ];
    return labels.map((label) => [
      config,
      label,
      publishedCell(known.find(({ trial }) => trial === label)),
      ...ownCells(trials.find((trial) => trial.label === label)),
    ]);
  });
  return [
    ["protocol", "model", "published", "ours", "draws", "images", "steps"],
    Array.from({ length: 7 }, () => "---"),
    ...rows,
  ].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function trialsOf({ dataset, trials }: RunSummary): readonly TrialSummary[] {
  if (dataset?.synthetic !== false || dataset.name !== "mnist") {
    throw new Error(
      `Cannot compare with published figures: the data are ${
        dataset?.name ?? "missing"
      }, want mnist`,
    );
  }
  return trials;
}

function publishedCell(row: PublishedRecord | undefined): string {
  if (row === undefined) return "";
  const { nll, deviation, source } = row;
  const spread = deviation === undefined ? "" : ` ± ${deviation.toFixed(2)}`;
  return `${nll.toFixed(2)}${spread} (${source})`;
}

function ownCells(trial: TrialSummary | undefined): readonly string[] {
  const { nll, nllError, nllSamples } = trial?.test ?? {};
  if (trial === undefined || nll == null) return ["", "", "", ""];
  const error = nllError == null ? "" : ` ± ${nllError.toFixed(2)}`;
  return [
    `${nll.toFixed(2)}${error}`,
    String(nllSamples),
    String(trial.conditions["nllImages"] ?? ""),
    String(trial.train.steps ?? ""),
  ];
}
