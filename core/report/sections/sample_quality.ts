/**
 * How good, how different and how new generated images are.
 *
 * @module
 */

import { reconstructionPng } from "../../picture/mod.ts";
import type { SampleMetrics } from "../../vae/metrics/artifacts.ts";
import type { RunData } from "../data.ts";
import {
  type Figure,
  type FigureColumn,
  figuresTable,
} from "../figures_table.ts";
import { formatCount, plural } from "../format.ts";
import { type Markup, markup, pngUri } from "../markup.ts";
import { type Series, seriesOf } from "../series.ts";
import { seedsTable } from "./_over_seeds.ts";
import type { Section } from "./section.ts";
import { swatch } from "./swatch.ts";

/** How good, how different and how new generated images are. */
export const sampleQuality: Section = {
  id: "sample-quality",
  title: "Samples in figures",
  short: "Samples",
  render: (data) => {
    const measured = seriesOf(data).filter(({ data }) => data.sampleMetrics);
    const [first] = measured;
    if (first === undefined) return null;
    return markup`${
      figuresTable(measured, {
        caption: caption(first.data.sampleMetrics!),
        label: "Table of samples",
        first: "Run",
        head: (one) => markup`${swatch(one)} ${one.data.run.label}`,
        columns: COLUMNS.map((column) => ({
          ...column,
          value: ({ data }: Series) => column.value(data),
        })),
      })
    }${seedsTable(measured, COLUMNS)}${explanation(first.data.sampleMetrics!)}
<h3>Nearest training images</h3>
<p>Samples, each with the training image that is nearest to it right below: a
model that has learnt images by heart shows here.</p>
<div class="cards">${measured.map(card)}</div>`;
  },
};

const share = (
  of: (metrics: SampleMetrics) => { mean: number; standardError: number },
) =>
({ sampleMetrics }: RunData): Figure | null => {
  if (sampleMetrics === null) return null;
  const { mean, standardError } = of(sampleMetrics);
  return { mean: 100 * mean, error: 100 * standardError };
};

const COLUMNS: readonly FigureColumn<RunData>[] = [
  {
    name: "Fréchet distance",
    value: ({ sampleMetrics }) =>
      sampleMetrics && { mean: sampleMetrics.frechet },
    wanted: "low",
  },
  {
    name: "Precision, %",
    value: share(({ precision }) => precision),
    wanted: "high",
  },
  { name: "Recall, %", value: share(({ recall }) => recall), wanted: "high" },
  {
    name: "Vendi score",
    value: ({ sampleMetrics }) =>
      sampleMetrics && { mean: sampleMetrics.vendi },
    wanted: null,
  },
  {
    name: "Class entropy",
    value: ({ sampleMetrics }) =>
      sampleMetrics && { mean: sampleMetrics.classEntropy },
    wanted: null,
    decimals: 3,
  },
  {
    name: "Nearer than unseen, %",
    value: share(({ copying }) => copying.probability),
    wanted: null,
  },
];

function caption(
  { samples, neighbours, copying, classifierAccuracy }: SampleMetrics,
): string {
  return `${
    formatCount(samples)
  } decoder means of draws from the prior against as many grey test images, in the features of a classifier that names ${
    (100 * classifierAccuracy.mean).toFixed(2)
  } % of the test images rightly; manifolds with k = ${neighbours}; distances of ${
    plural(copying.images, "sample")
  } from all training images.`;
}

function explanation(
  { frechetFloor, vendiOfTest, classEntropyOfTest }: SampleMetrics,
): Markup {
  return markup`<p class="small">The Fréchet distance is squared, and is of this
classifier's features: it compares with no FID. Training images have ${
    frechetFloor.toFixed(2)
  }. Precision is the share of samples within the manifold of test images, recall
the share of test images within that of samples (Kynkäänniemi et al. 2019). The
Vendi score says how many different samples there are; the test images have ${
    vendiOfTest.toFixed(2)
  }. The entropy of the classes that the classifier sees, in nats, is ${
    classEntropyOfTest.toFixed(3)
  } for the test images. Nearer than unseen is the probability that a sample is
nearer to its nearest training image than the reconstruction of a test image is to
its own: 50 where both are as near, towards 100 where images were learnt by heart,
towards 0 where samples are unlike any training image (Meehan et al. 2020).</p>`;
}

function card(series: Series): Markup {
  const { run, sampleMetrics } = series.data;
  const { samples, nearest, distance, distanceOfUnseen } =
    sampleMetrics!.copying;
  const png = reconstructionPng(samples, nearest);
  return markup`<figure class="card">
<figcaption><h3>${swatch(series)} ${run.label}</h3><p class="small">Distance ${
    distance.mean.toFixed(2)
  } ± ${distance.standardError.toFixed(2)}; reconstructions of test images ${
    distanceOfUnseen.mean.toFixed(2)
  } ± ${distanceOfUnseen.standardError.toFixed(2)}</p></figcaption>
<img src="${pngUri(png)}" alt="${
    plural(samples.count, "image")
  } generated under ${run.label} with the nearest training images below them">
</figure>`;
}
