/**
 * From one image to another, within the support.
 *
 * @module
 */

import type { ReportData } from "../data.ts";
import { type Explored, exploredOf, leftOut } from "../explored.ts";
import { plural } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { gridImage, trialCard } from "./_picture.ts";
import type { Section } from "./section.ts";

/** From one image to another, within the support. */
export const interpolations: Section = {
  id: "interpolations",
  title: "Interpolations",
  render: (data: ReportData) => {
    const shown = exploredOf(data).filter(({ exploration }) =>
      exploration.interpolations.pairs > 0
    );
    if (shown.length === 0) return null;
    return markup`<p>From the posterior mean of one test image to that of
another, on the way that the support suggests.${leftOut(data, shown)}</p>
<div class="cards two">${shown.map(card)}</div>`;
  },
};

function card(explored: Explored): Markup {
  const { images, pairs, path } = explored.exploration.interpolations;
  return trialCard(explored, {
    note: `Along ${path}`,
    body: gridImage(images, {
      columns: images.count / pairs,
      alt: `${
        plural(pairs, "path")
      } between pairs of test images under ${explored.data.trial.label}, a row each`,
    }),
  });
}
