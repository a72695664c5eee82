/**
 * The runs of a summary as the paper's table: priors down, dimensions across.
 *
 * @module
 */

import type { RunSummary, TrialSummary } from "../../../core/mod.ts";
import { spreadOf } from "../../../core/report/over_seeds.ts";
import { PUBLISHED, type PublishedRow } from "./published.ts";

/**
 * Log-likelihoods (minus the importance-weighted NLL) in nats, in Markdown: the
 * mean over the seeds that there are, with their standard deviation and number,
 * and the published figures right below the prior that they are of.
 *
 * @throws {Error} where figures do not compare with the published ones: other
 * data, other binarisation.
 */
export function paperTable(
  { dataset, trials }: RunSummary,
  published: readonly PublishedRow[] = PUBLISHED,
): string {
  const measured = trials.filter(({ test }) => test.nll !== null);
  if (dataset?.synthetic !== false || dataset.name !== "mnist") {
    throw new Error(
      `Cannot compare with published figures: the data are ${
        dataset?.name ?? "missing"
      }, want mnist`,
    );
  }
  const other = measured.find(({ test }) => test.binarization !== "dynamic");
  if (other !== undefined) {
    throw new Error(
      `Cannot compare ${other.label} with published figures: its binarisation is ${other.test.binarization}, want dynamic`,
    );
  }
  const dims = distinct([
    ...trials.map(({ latent }) => latent),
    ...published.flatMap(({ logLikelihood }) =>
      Object.keys(logLikelihood).map(Number)
    ),
  ]).sort((a, b) => a - b);
  const line = (label: string, cells: readonly string[]) =>
    `| ${[label, ...cells].join(" | ")} |`;
  const ofPrior = (label: string) =>
    line(
      label,
      dims.map((dim) =>
        cell(
          measured.filter((trial) =>
            trial.priorLabel === label && trial.latent === dim
          ),
        )
      ),
    );
  const rows = distinct(trials.map(({ priorLabel }) => priorLabel)).flatMap(
    (label) => [
      ofPrior(label),
      ...published.filter(({ prior }) => prior === label).map((row) =>
        line(
          `_${row.label}_`,
          dims.map((dim) => row.logLikelihood[dim]?.toFixed(2) ?? ""),
        )
      ),
    ],
  );
  return [
    line("log p(x), nats", dims.map((dim) => `D = ${dim}`)),
    line("---", dims.map(() => "---")),
    ...rows,
  ].join("\n");
}

function cell(trials: readonly TrialSummary[]): string {
  const values = trials.map(({ test }) => -test.nll!);
  const [first] = values;
  if (first === undefined) return "";
  const spread = spreadOf(values);
  const samples = distinct(trials.map(({ test }) => test.nllSamples));
  const note = samples.length === 1 && samples[0] === 500
    ? ""
    : `, K = ${samples.join(" or ")}`;
  return spread === null
    ? `${first.toFixed(2)} (1${note})`
    : `${spread.mean.toFixed(2)} ± ${
      spread.deviation.toFixed(2)
    } (${spread.seeds}${note})`;
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
