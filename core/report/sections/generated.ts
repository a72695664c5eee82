/**
 * What each prior generates, side by side.
 *
 * @module
 */

import { sizeOfImage } from "../../lib/image_shape.ts";
import { gridPng } from "../../picture/mod.ts";
import type { TrialData } from "../data.ts";
import { plural } from "../format.ts";
import { type Markup, markup, pngUri } from "../markup.ts";
import { type Series, seriesOf } from "../series.ts";
import { besidePicture } from "./_beside.ts";
import type { Section } from "./section.ts";
import { swatch } from "./swatch.ts";

const SIDE = 8;

/** What each prior generates, side by side. */
export const generated: Section = {
  id: "generated",
  title: "What each prior generates",
  short: "Generated",
  render: (data) =>
    markup`<p>Decoder means of draws from the prior, not picked.</p>
<div class="cards side">${seriesOf(data).map(card)}</div>`,
};

function card(series: Series): Markup {
  const { data } = series;
  return markup`<figure class="card">
<figcaption><h3>${swatch(series)} ${data.trial.label}</h3>${
    besidePicture(data, "generated")
  }</figcaption>
${picture(data)}
</figure>`;
}

function picture({ trial, samples, error }: TrialData): Markup {
  if (samples === null || samples.generated.count === 0) {
    return markup`<p class="absent">${
      error === null ? "No samples were drawn." : `No samples: ${error}`
    }</p>`;
  }
  const { count } = samples.generated;
  const kept = Math.min(count, SIDE * SIDE);
  const batch = {
    ...samples.generated,
    count: kept,
    pixels: samples.generated.pixels.subarray(
      0,
      kept * sizeOfImage(samples.generated),
    ),
  };
  return markup`<img src="${pngUri(gridPng(batch, { columns: SIDE }))}" alt="${
    plural(kept, "image")
  } generated under ${trial.label}, in rows of ${Math.min(SIDE, kept)}">`;
}
