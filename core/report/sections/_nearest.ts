/**
 * Samples with the training images that are nearest to them.
 *
 * @module
 */

import { reconstructionPng } from "../../picture/mod.ts";
import { plural } from "../format.ts";
import { type Markup, markup, pngUri } from "../markup.ts";
import type { Series } from "../series.ts";
import { swatch } from "./swatch.ts";

/** A card for each trial whose samples were looked at. */
export function nearestImages(measured: readonly Series[]): Markup {
  return markup`
<h3>Nearest training images</h3>
<p>Samples, each with the training image that is nearest to it right below: a
model that has learnt images by heart shows here.</p>
<div class="cards">${measured.map(card)}</div>`;
}

function card(series: Series): Markup {
  const { trial, measured } = series.data;
  const { samples, nearest, distance, distanceOfUnseen } =
    measured.sampleMetrics!.copying;
  const png = reconstructionPng(samples, nearest);
  return markup`<figure class="card">
<figcaption><h3>${
    swatch(series)
  } ${trial.label}</h3><p class="small">Distance ${
    distance.mean.toFixed(2)
  } ± ${distance.standardError.toFixed(2)}; reconstructions of test images ${
    distanceOfUnseen.mean.toFixed(2)
  } ± ${distanceOfUnseen.standardError.toFixed(2)}</p></figcaption>
<img src="${pngUri(png)}" alt="${
    plural(samples.count, "image")
  } generated under ${trial.label} with the nearest training images below them">
</figure>`;
}
