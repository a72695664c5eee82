/**
 * One image, its axes moved one at a time.
 *
 * @module
 */

import type { ReportData } from "../data.ts";
import {
  axesNote,
  axisName,
  type Explored,
  exploredOf,
  leftOut,
} from "../explored.ts";
import { type Markup, markup } from "../markup.ts";
import { gridImage, trialCard } from "./_picture.ts";
import type { Section } from "./section.ts";

/** One image, its axes moved one at a time. */
export const traversals: Section = {
  id: "traversals",
  title: "Latent traversals",
  short: "Traversals",
  render: (data: ReportData) => {
    const shown = exploredOf(data);
    if (shown.length === 0) return null;
    return markup`<p>The first test image, encoded; then one axis of its latent
vector is moved across the prior, from left to right through the levels below,
while the others stay. Beside each axis stands its activity, from 0 (it
tells nothing of the image) to about 1; the most active axes come first.${
      leftOut(data, shown)
    }</p>
<div class="cards two">${shown.map(card)}</div>`;
  },
};

function card(explored: Explored): Markup {
  const { axes, levels, images } = explored.exploration.traversals;
  const { activity, quantiles } = explored.exploration;
  const name = explored.data.trial.label;
  const percent = (level: number) => `${Math.round(100 * level)} %`;
  const marks = [levels[0]!, levels[levels.length >> 1]!, levels.at(-1)!];
  return trialCard(explored, {
    note: axesNote(explored.exploration),
    body: markup`<div class="rows"><ul aria-label="Axes and their activity">${
      axes.map((axis) =>
        markup`<li><span>${
          axisName(quantiles.geometry, axis)
        }</span><span class="figure">${activity[axis]!.toFixed(2)}</span></li>`
      )
    }</ul>${
      gridImage(images, {
        columns: levels.length,
        alt:
          `A test image as ${axes.length} axes of ${name} move through the prior, a row each`,
      })
    }<p class="ticks">${
      marks.map((level) => markup`<span>${percent(level)}</span>`)
    }</p></div>`,
  });
}
