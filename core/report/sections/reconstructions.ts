/**
 * Test images and what each model makes of them.
 *
 * @module
 */

import { reconstructionPng } from "../../picture/mod.ts";
import { picturesOf, type TrialData } from "../data.ts";
import { plural } from "../format.ts";
import { type Markup, markup, pngUri } from "../markup.ts";
import { type Series, seriesOf } from "../series.ts";
import { besidePicture } from "./_beside.ts";
import type { Section } from "./section.ts";
import { swatch } from "./swatch.ts";

/** Test images and what each model makes of them. */
export const reconstructions: Section = {
  id: "reconstructions",
  title: "Reconstructions",
  render: (data) => {
    const drawn = seriesOf(data).filter(({ data }) =>
      picturesOf(data.samples).reconstructions
    );
    if (drawn.length === 0) return null;
    return markup`<p>Test images, each with its reconstruction right below.</p>
<div class="cards">${drawn.map(card)}</div>`;
  },
};

function card(series: Series): Markup {
  return markup`<figure class="card">
<figcaption><h3>${swatch(series)} ${series.data.trial.label}</h3>${
    besidePicture(series.data, "reconstructions")
  }</figcaption>
${picture(series.data)}
</figure>`;
}

function picture({ trial, samples }: TrialData): Markup | null {
  if (samples === null) return null;
  const png = reconstructionPng(samples.originals, samples.reconstructions);
  return markup`<img src="${pngUri(png)}" alt="${
    plural(samples.originals.count, "test image")
  } with reconstructions by ${trial.label} below them">`;
}
