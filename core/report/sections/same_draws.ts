/**
 * What each prior makes of the same uniform draws.
 *
 * @module
 */

import type { ReportData } from "../data.ts";
import { type Explored, exploredOf, leftOut } from "../explored.ts";
import { plural } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { gridImage, trialCard } from "./_picture.ts";
import type { Section } from "./section.ts";

/** What each prior makes of the same uniform draws. */
export const sameDraws: Section = {
  id: "same-draws",
  title: "The same draws under each prior",
  short: "Same draws",
  render: (data: ReportData) => {
    const shown = exploredOf(data);
    if (shown.length < 2) return null;
    return markup`<p>Images at the same place come from the same uniform
numbers, which each prior turns into a latent vector by its own quantiles: the
first number sets its most active axis, and so on.${leftOut(data, shown)}</p>
<div class="cards side">${shown.map(card)}</div>`;
  },
};

function card(explored: Explored): Markup {
  const { samples, dependence } = explored.exploration;
  const columns = Math.ceil(Math.sqrt(samples.count));
  return trialCard(explored, {
    note: dependence.dependent &&
      `Its axes depend on each other (rank correlation up to ${
        dependence.correlation.toFixed(2)
      }), so these points are not distributed as its draws are.`,
    body: gridImage(samples, {
      columns,
      alt: `${
        plural(samples.count, "image")
      } under ${explored.data.trial.label}, made of uniform numbers that all priors share`,
    }),
  });
}
