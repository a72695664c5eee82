/**
 * What the latent spaces are used for, and how far they are from their priors.
 *
 * @module
 */

import type { LatentMetrics } from "../../vae/metrics/artifacts.ts";
import type { RunData } from "../data.ts";
import {
  type Figure,
  type FigureColumn,
  figureOf,
  figuresTable,
} from "../figures_table.ts";
import { formatNats, plural } from "../format.ts";
import { markup } from "../markup.ts";
import { type Series, seriesOf } from "../series.ts";
import { seedsTable } from "./_over_seeds.ts";
import type { Section } from "./section.ts";
import { swatch } from "./swatch.ts";

/** What the latent spaces are used for. */
export const latents: Section = {
  id: "latents",
  title: "Latent spaces",
  short: "Latents",
  render: (data) => {
    const measured = seriesOf(data).filter(({ data }) => data.latentMetrics);
    const [first] = measured;
    if (first === undefined) return null;
    return markup`${
      figuresTable(measured, {
        caption: caption(first.data.latentMetrics!),
        label: "Table of latent spaces",
        first: "Run",
        head: (one) => markup`${swatch(one)} ${one.data.run.label}`,
        columns: COLUMNS.map((column) => ({
          ...column,
          value: ({ data }: Series) => column.value(data),
        })),
        more: [{
          name: "Largest KLs",
          cell: ({ data }) => largestKls(data.latentMetrics!),
        }],
      })
    }${seedsTable(measured, COLUMNS)}${EXPLANATION}`;
  },
};

const percent = (estimate: Parameters<typeof figureOf>[0]): Figure | null =>
  estimate
    ? { mean: 100 * estimate.mean, error: 100 * estimate.standardError }
    : null;

const COLUMNS: readonly FigureColumn<RunData>[] = [
  {
    name: "Active units",
    value: ({ latentMetrics }) =>
      latentMetrics && { mean: latentMetrics.units.active },
    wanted: null,
    decimals: 0,
  },
  {
    name: "k-NN, %",
    value: ({ latentMetrics }) => percent(latentMetrics?.knn),
    wanted: "high",
  },
  {
    name: "Linear probe, %",
    value: ({ latentMetrics }) => percent(latentMetrics?.probe),
    wanted: "high",
  },
  {
    name: "Aggregate to prior",
    value: ({ latentMetrics }) => figureOf(latentMetrics?.aggregate.distance),
    wanted: "low",
    decimals: 3,
  },
  {
    name: "Prior to prior",
    value: ({ latentMetrics }) => figureOf(latentMetrics?.aggregate.floor),
    wanted: null,
    decimals: 3,
  },
];

const EXPLANATION = markup`<p class="small">A unit is active where the variance
of its posterior mean over the images is above 1 % of the prior's (Burda et al.
2016); on spheres it is a principal direction, on circles an angle. k-NN and
linear probe tell the labels of test images from posterior means (a vote of the
nearest; multinomial logistic regression); after ± stands the binomial standard
error. Aggregate to prior is the sliced 2-Wasserstein distance of z ~ q(z|x), x
over the test images, from z ~ p(z), in the prior's standard deviations; prior to
prior is what two samples of the prior have, the least it can be. Largest KLs are
the means of the dimensions that tell most, in nats, where a prior is one
dimension many times over.</p>`;

function caption(
  { testImages, trainImages, knn, aggregate }: LatentMetrics,
): string {
  const labels = knn === null
    ? ""
    : ` Labels from ${plural(trainImages, "training image")}, k = ${knn.k}.`;
  return `Latents of ${
    plural(testImages, "test image")
  }.${labels} Distances of ${plural(aggregate.draws, "draw")} on either side, ${
    plural(aggregate.groups, "time")
  }.`;
}

/** The largest three, and how many there are. */
function largestKls({ klByDimension }: LatentMetrics): string {
  if (klByDimension === null) return "no such parts";
  const sorted = klByDimension.map(({ mean }) => mean).toSorted((a, b) =>
    b - a
  );
  const shown = sorted.slice(0, 3).map(formatNats).join(", ");
  return sorted.length > 3 ? `${shown} … of ${sorted.length}` : shown;
}
