/**
 * The table of all runs.
 *
 * @module
 */

import type { Estimate, Evaluation } from "../../model/artifacts.ts";
import type { ReportData } from "../data.ts";
import { bestOf, comparable } from "../best.ts";
import {
  formatCount,
  formatDuration,
  formatError,
  formatNats,
  formatRate,
  MISSING,
} from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { type Series, seriesOf } from "../series.ts";
import type { Section } from "./section.ts";
import { swatch } from "./swatch.ts";

/** The table of all runs. */
export const results: Section = {
  id: "results",
  title: "Results",
  render: (data) => {
    const groups = comparable(
      seriesOf(data),
      ({ data }) => data.evaluation?.binarization ?? null,
    );
    return markup`${groups.map(table)}${explanation}${estimated(data)}`;
  },
};

const BINARIZATIONS: Readonly<Record<Evaluation["binarization"], string>> = {
  dynamic: "pixels drawn from their grey levels (dynamic binarisation)",
  threshold: "pixels cut at one half (threshold)",
  grey: "grey pixels, which is not a likelihood",
};

const explanation = markup`<p class="small">ELBO = −(reconstruction + KL), a
lower bound on log p(x): higher is better. Reconstruction is −log p(x|z) under
q(z|x). NLL is the importance-weighted estimate of −log p(x): lower is better.
KL is KL(q(z|x) ‖ p(z)): no merit by itself, so no best is marked. After ± stands
the standard error of the mean over the test images.</p>`;

function estimated({ runs }: ReportData): Markup {
  const labels = runs
    .filter(({ evaluation }) => evaluation?.divergence === "estimate")
    .map(({ run }) => run.label);
  return labels.length === 0
    ? markup``
    : markup`<p class="small">The KL of ${
      labels.join(", ")
    } has no closed form: it is an unbiased estimate, from one draw for each image.</p>`;
}

interface Column {
  readonly name: string;
  readonly estimate: (evaluation: Evaluation) => Estimate | null;
  readonly wanted: "high" | "low" | null;
}

const COLUMNS: readonly Column[] = [
  { name: "ELBO", estimate: ({ elbo }) => elbo, wanted: "high" },
  {
    name: "Reconstruction",
    estimate: ({ reconstruction }) => reconstruction,
    wanted: "low",
  },
  { name: "KL", estimate: ({ kl }) => kl, wanted: null },
  { name: "NLL", estimate: ({ nll }) => nll, wanted: "low" },
];

function table(series: readonly Series[]): Markup {
  const columns = COLUMNS.map((column) => {
    const estimates = series.map(({ data }) =>
      data.evaluation && column.estimate(data.evaluation)
    );
    const means = estimates.map((estimate) => estimate?.mean ?? null);
    const best = column.wanted === null
      ? new Set<number>()
      : bestOf(means, column.wanted);
    return { ...column, estimates, best };
  });
  const rows = series.map((one, index) =>
    markup`<tr><th scope="row">${swatch(one)} ${one.data.run.label}</th>${
      columns.map(({ estimates, best }) =>
        figure(estimates[index] ?? null, best.has(index))
      )
    }${cost(one)}</tr>`
  );
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Table of results">
<table class="figures"><caption><span>${caption(series)}</span></caption>
<thead><tr><th scope="col">Run</th>${
    columns.map(({ name, wanted }) =>
      markup`<th scope="col">${name}${arrow(wanted)}</th>`
    )
  }<th scope="col">Steps</th><th scope="col">ms a step</th><th scope="col">Training</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function caption(series: readonly Series[]): string {
  const evaluations = series.flatMap(({ data }) => data.evaluation ?? []);
  const [first] = evaluations;
  if (first === undefined) return "No run has been evaluated.";
  const images = distinct(evaluations.map(({ images }) => images));
  const estimates = evaluations.flatMap(({ nll }) => nll ?? []);
  const samples = distinct(estimates.map(({ samples }) => samples));
  const nllImages = distinct(estimates.map(({ images }) => images));
  const nll = estimates.length === 0
    ? "no NLL"
    : `NLL with K = ${samples} importance samples on ${
      nllImages === images ? "all" : nllImages
    } of them`;
  const mark = evaluations.length > 1 ? " The best of a column is marked." : "";
  return `Means in nats an image on ${images} test images; ${
    BINARIZATIONS[first.binarization]
  }; ${nll}.${mark}`;
}

function figure(estimate: Estimate | null, best: boolean): Markup {
  if (estimate === null) return markup`<td>${MISSING}</td>`;
  const error = markup`<span class="error">${formatError(estimate)}</span>`;
  const mean = formatNats(estimate.mean);
  if (!best) return markup`<td>${mean} ${error}</td>`;
  return markup`<td class="best"><strong>${mean}</strong><span class="hidden"> (best)</span> ${error}</td>`;
}

function cost({ data }: Series): Markup {
  const { training, trainMs } = data;
  const rate = training && trainMs !== null && training.steps > 0
    ? trainMs / training.steps
    : null;
  return markup`<td>${
    training ? formatCount(training.steps) : MISSING
  }</td><td>${formatRate(rate)}</td><td>${formatDuration(trainMs)}</td>`;
}

function arrow(wanted: Column["wanted"]): Markup | null {
  if (wanted === null) return null;
  const [sign, word] = wanted === "high" ? ["↑", "higher"] : ["↓", "lower"];
  return markup` <span class="arrow" title="${word} is better">${sign}</span>`;
}

function distinct(values: readonly number[]): string {
  return [...new Set(values)].map(formatCount).join(" or ");
}
