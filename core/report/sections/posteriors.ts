/**
 * Where the images lie in latent space: axis by axis beside the prior, and in
 * the plane by label.
 *
 * @module
 */

import { plural } from "../format.ts";
import { marginalChart } from "../charts/marginal.ts";
import { hasManyLabels, scatterChart } from "../charts/scatter.ts";
import type { ReportData } from "../data.ts";
import {
  axesNote,
  axisName,
  type Explored,
  exploredOf,
  leftOut,
} from "../explored.ts";
import { type Markup, markup, raw } from "../markup.ts";
import { trialCard } from "./_picture.ts";
import type { Section } from "./section.ts";

/** Axes that are shown without asking. */
const SHOWN = 6;

/** Where the images lie in latent space. */
export const posteriors: Section = {
  id: "posteriors",
  title: "Posteriors and prior",
  short: "Posteriors",
  render: async (data: ReportData) => {
    const shown = exploredOf(data);
    if (shown.length === 0) return null;
    const many = shown.some(({ exploration }) =>
      hasManyLabels(exploration.means)
    );
    const marginals: Markup[] = [];
    const scatters: Markup[] = [];
    for (const explored of shown) {
      marginals.push(await marginalCard(explored));
      scatters.push(await scatterCard(explored));
    }
    return markup`<p>The aggregate posterior along each axis, from one draw of
q(z|x) for each test image (line), over the prior's density (grey): where they
differ, draws of the prior decode to what no image has taught. Beside each axis
stands its activity; the most active axes come first.${leftOut(data, shown)}</p>
<div class="cards two">${marginals}</div>
<h3 class="part">Posterior means by label</h3>
<p>${
      many
        ? "The label of each test image"
        : "One point for each test image"
    }, in the latent space itself where it has two
dimensions, else in the plane of its first two principal components (PCA).</p>
<div class="cards${many && " two"}">${scatters}</div>`;
  },
};

async function marginalCard(explored: Explored): Promise<Markup> {
  const { marginals } = explored.exploration;
  const charts: Markup[] = [];
  for (const row of marginals.axes.keys()) {
    charts.push(await marginal(explored, row));
  }
  const rest = charts.slice(SHOWN);
  return trialCard(explored, {
    note: [
      marginals.exact
        ? "The prior's density is exact"
        : "The prior's density is a histogram of its draws",
      axesNote(explored.exploration) ?? [],
    ].flat().join("; "),
    body: markup`<div class="marginals">${charts.slice(0, SHOWN)}</div>${
      rest.length > 0 &&
      markup`<details><summary>${rest.length} more</summary><div class="marginals">${rest}</div></details>`
    }`,
  });
}

async function marginal(explored: Explored, row: number): Promise<Markup> {
  const { marginals, activity, quantiles } = explored.exploration;
  const axis = marginals.axes[row]!;
  const { trial } = explored.data;
  const svg = await marginalChart(marginals, {
    id: `posteriors-${trial.id}-${axis}`,
    title: `Axis ${axis + 1} of ${trial.label}`,
    description:
      `Density of the posteriors' draws beside the prior's; activity ${
        activity[axis]!.toFixed(2)
      }.`,
    row,
    color: explored.color,
  });
  return markup`<div><p><span>${
    axisName(quantiles.geometry, axis)
  }</span><span class="figure">${activity[axis]!.toFixed(2)}</span></p>${
    raw(svg)
  }</div>`;
}

async function scatterCard(explored: Explored): Promise<Markup> {
  const { means } = explored.exploration;
  const { trial } = explored.data;
  const { explained, directions: [first, second] } = means;
  const shares = explained?.map((share) => `${Math.round(100 * share)} %`);
  const svg = await scatterChart(means, {
    id: `posteriors-${trial.id}-means`,
    title: `Posterior means of ${trial.label} by label`,
    description: `${
      plural(means.labels.length, "test image")
    }, each label written at the median of its points.`,
    directions: shares
      ? [`${first}, ${shares[0]}`, `${second}, ${shares[1]}`]
      : [first, second],
  });
  return trialCard(explored, {
    note: shares
      ? `PCA: the plane has ${
        Math.round(100 * (explained![0] + explained![1]))
      } % of the variance`
      : "The latent space itself",
    body: markup`<div class="chart">${raw(svg)}</div>`,
  });
}
