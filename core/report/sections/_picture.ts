/** Cards with a picture, as several sections show them. @module */

import type { ImageBatch } from "../../vae/model/artifacts.ts";
import { gridPng } from "../../picture/mod.ts";
import { type Fragment, type Markup, markup, pngUri } from "../markup.ts";
import type { Series } from "../series.ts";
import { swatch } from "./swatch.ts";

/** A card named after its trial. */
export function trialCard(
  series: Series,
  { note = null, body }: { readonly note?: Fragment; readonly body: Fragment },
): Markup {
  return markup`<figure class="card">
<figcaption><h3>${swatch(series)} ${series.data.trial.label}</h3>${
    note && markup`<p class="small">${note}</p>`
  }</figcaption>
${body}
</figure>`;
}

/** A grid of images as an element. */
export function gridImage(
  batch: ImageBatch,
  { columns, alt }: { readonly columns: number; readonly alt: string },
): Markup {
  const png = gridPng(batch, { columns });
  return markup`<img src="${pngUri(png)}" alt="${alt}">`;
}
