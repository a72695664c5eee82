/**
 * The table of all runs.
 *
 * @module
 */

import type { Evaluation } from "../../vae/model/artifacts.ts";
import type { ReportData, RunData } from "../data.ts";
import { comparable } from "../best.ts";
import { type FigureColumn, figureOf, figuresTable } from "../figures_table.ts";
import { formatCount, formatDuration, formatRate, MISSING } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { type Series, seriesOf } from "../series.ts";
import { seedsTable } from "./_over_seeds.ts";
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
    return markup`${
      groups.map((group) =>
        markup`${table(group)}${seedsTable(group, COLUMNS)}${sweep(group)}`
      )
    }${explanation}${estimated(data)}`;
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

const COLUMNS: readonly FigureColumn<RunData>[] = [
  {
    name: "ELBO",
    value: ({ evaluation }) => figureOf(evaluation?.elbo),
    wanted: "high",
  },
  {
    name: "Reconstruction",
    value: ({ evaluation }) => figureOf(evaluation?.reconstruction),
    wanted: "low",
  },
  {
    name: "KL",
    value: ({ evaluation }) => figureOf(evaluation?.kl),
    wanted: null,
  },
  {
    name: "NLL",
    value: ({ evaluation }) => figureOf(evaluation?.nll),
    wanted: "low",
  },
];

function table(series: readonly Series[]): Markup {
  return figuresTable(series, {
    caption: caption(series),
    label: "Table of results",
    first: "Run",
    head: (one) => markup`${swatch(one)} ${one.data.run.label}`,
    columns: COLUMNS.map((column) => ({
      ...column,
      value: ({ data }) => column.value(data),
    })),
    more: COSTS,
  });
}

/** What a run has cost. */
const COSTS = [
  {
    name: "Steps",
    cell: ({ data: { training } }: Series) =>
      training ? formatCount(training.steps) : MISSING,
  },
  {
    name: "ms a step",
    cell: ({ data: { training, trainMs } }: Series) =>
      formatRate(
        training && trainMs !== null && training.steps > 0
          ? trainMs / training.steps
          : null,
      ),
  },
  {
    name: "Training",
    cell: ({ data: { trainMs } }: Series) => formatDuration(trainMs),
  },
];

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
    : `NLL with K = ${samples} importance ${
      samples === "1" ? "sample" : "samples"
    } on ${nllImages === images ? "all" : nllImages} of them`;
  const mark = evaluations.length > 1 ? " The best of a column is marked." : "";
  return `Means in nats an image on ${images} test ${
    images === "1" ? "image" : "images"
  }; ${BINARIZATIONS[first.binarization]}; ${nll}.${mark}`;
}

/** The NLL with fewer draws: how far the bound has tightened. */
function sweep(series: readonly Series[]): Markup | null {
  const swept = series.filter(({ data }) =>
    (data.evaluation?.nll?.sweep.length ?? 0) > 1
  );
  const sizes = new Set(
    swept.flatMap(({ data }) =>
      data.evaluation?.nll?.sweep.map(({ samples }) => samples) ?? []
    ),
  );
  if (sizes.size === 0) return null;
  return figuresTable(swept, {
    caption:
      "NLL in nats by the number K of importance samples, from the same draws: an upper bound that tightens as K grows. K = 1 is the negative ELBO. The effective sample size says how many of the K draws count; the error by draws is that of the NLL, were others drawn for the same images.",
    label: "Table of the NLL by importance samples",
    first: "Run",
    head: (one) => markup`${swatch(one)} ${one.data.run.label}`,
    columns: [
      ...[...sizes].sort((a, b) => a - b).map((
        samples,
      ): FigureColumn<Series> => ({
        name: `K = ${formatCount(samples)}`,
        wanted: null,
        value: ({ data }) =>
          figureOf(
            data.evaluation?.nll?.sweep.find((one) => one.samples === samples),
          ),
      })),
      {
        name: "Effective size",
        wanted: null,
        decimals: 1,
        value: ({ data: { evaluation } }) =>
          evaluation?.nll ? { mean: evaluation.nll.effectiveSampleSize } : null,
      },
      {
        name: "Error by draws",
        wanted: null,
        decimals: 3,
        value: ({ data: { evaluation } }) =>
          evaluation?.nll ? { mean: evaluation.nll.samplingError } : null,
      },
    ],
  });
}

function distinct(values: readonly number[]): string {
  return [...new Set(values)].map(formatCount).join(" or ");
}
