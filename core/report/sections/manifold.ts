/**
 * All of a latent space with two dimensions.
 *
 * @module
 */

import type { ReportData } from "../data.ts";
import { axesNote, exploredOf, leftOut } from "../explored.ts";
import { markup } from "../markup.ts";
import { gridImage, trialCard } from "./_picture.ts";
import type { Section } from "./section.ts";

/** All of a latent space with two dimensions. */
export const manifold: Section = {
  id: "manifold",
  title: "The whole latent space",
  short: "Whole space",
  render: (data: ReportData) => {
    const shown = exploredOf(data);
    const cards = shown.flatMap((explored) => {
      const { manifold } = explored.exploration;
      if (manifold === null) return [];
      const { images, side } = manifold;
      return [trialCard(explored, {
        note: axesNote(explored.exploration),
        body: gridImage(images, {
          columns: side,
          alt:
            `${side} by ${side} images over the quantiles of the two axes of ${explored.data.trial.label}`,
        }),
      })];
    });
    if (cards.length === 0) return null;
    return markup`<p>With two dimensions there is nothing else: the first axis from left to
right and the second one upwards, in even steps of each prior's quantiles, so that equal areas are
equally probable.${leftOut(data, shown)}</p>
<div class="cards two">${cards}</div>`;
  },
};
