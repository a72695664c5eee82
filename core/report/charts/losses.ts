/**
 * Charts of the loss and its parts over the epochs.
 *
 * @module
 */

import type { EpochRecord } from "../../vae/model/artifacts.ts";
import { formatNats } from "../format.ts";
import { type Markup, markup, raw } from "../markup.ts";
import type { Mark } from "../series.ts";
import { swatch } from "../sections/swatch.ts";
import { type ChartLine, type ChartPoint, epochChart } from "./epochs.ts";

/** A training and how it is drawn. */
export interface TrainedSeries extends Mark {
  /** At least one. */
  readonly epochs: readonly EpochRecord[];
}

/** Where a series has this many epochs, the first and steepest one is left out of all. */
const LONG = 5;

/**
 * A chart for the negative ELBO and one for each of its parts, with a legend.
 * Where a page has several, `id` tells their anchors apart.
 */
export async function lossCharts(
  trained: readonly TrainedSeries[],
  id = "curves",
): Promise<Markup> {
  const long = trained.some(({ epochs }) => epochs.length >= LONG);
  const shown = trained.map((series) =>
    long ? { ...series, epochs: series.epochs.slice(1) } : series
  );
  const charts: Markup[] = [];
  for (const part of PARTS) charts.push(await chart(part, shown, id));
  const held = trained.some(({ epochs }) =>
    epochs.some(({ validation }) => validation !== undefined)
  );
  return markup`<p>Means over each epoch, in nats per image, without the KL weight.${
    held && " Solid: training images; dashed: held-out images."
  }${long && " The first epoch is left out to keep the scale readable."}</p>
<ul class="legend">${legend(trained)}</ul>
<div class="cards charts">${charts}</div>`;
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly value: (record: EpochRecord) => number;
  readonly validation?: (record: EpochRecord) => number | undefined;
}

const PARTS: readonly Part[] = [
  {
    id: "elbo",
    title: "Negative ELBO",
    value: ({ reconstruction, kl }) => reconstruction + kl,
    validation: ({ validation }) => validation,
  },
  {
    id: "reconstruction",
    title: "Reconstruction",
    value: ({ reconstruction }) => reconstruction,
  },
  { id: "kl", title: "KL", value: ({ kl }) => kl },
];

async function chart(
  part: Part,
  trained: readonly TrainedSeries[],
  id: string,
): Promise<Markup> {
  const lines = trained.map((series) => line(part, series));
  const ends = lines.flatMap(({ label, points }) => {
    const end = points.at(-1);
    return end ? [`${label} ${formatNats(end.value)}`] : [];
  });
  const svg = await epochChart(lines, {
    id: `${id}-${part.id}`,
    title: `${part.title} by epoch`,
    description: `Training values in nats at the last epoch: ${
      ends.join("; ")
    }.`,
  });
  return markup`<figure class="card"><figcaption><h3>${part.title}</h3></figcaption>${
    raw(svg)
  }</figure>`;
}

function line(
  part: Part,
  { epochs, label, color, symbol }: TrainedSeries,
): ChartLine {
  return {
    label,
    color,
    symbol,
    points: epochs.map((record) => ({
      epoch: record.epoch,
      value: part.value(record),
    })),
    validation: epochs.flatMap((record): ChartPoint[] => {
      const value = part.validation?.(record);
      return value === undefined ? [] : [{ epoch: record.epoch, value }];
    }),
  };
}

function legend(trained: readonly TrainedSeries[]): readonly Markup[] {
  const byLabel = new Map(trained.map((series) => [series.label, series]));
  return [...byLabel.values()].map((series) =>
    markup`<li>${swatch(series)} ${series.label}</li>`
  );
}
