/** How far configurations are from the best, with what is known of it. @module */

import type { FigureComparison } from "../../vae/compared.ts";
import type { Figure, FigureGroup } from "../../vae/figures/figure.ts";
import { headingOf } from "../../vae/figures/show.ts";
import { forestChart } from "../charts/forest.ts";
import { type Markup, markup, raw } from "../markup.ts";
import type { Series } from "../series.ts";
import { fromBest, INTERVALS, showDifference, verdicts } from "../standings.ts";
import { swatch } from "./swatch.ts";

/**
 * A table of the differences from the best, a picture of each figure's, and what
 * would decide; null where none of the series compare.
 */
export async function differencesOf(
  { figures, title }: FigureGroup,
  series: readonly Series[],
  { comparisons, id }: {
    readonly comparisons: readonly FigureComparison[];
    /** Prefix of anchors. */
    readonly id: string;
  },
): Promise<Markup | null> {
  const groups = new Map(
    series.map((one) => [one.data.trial.group, one] as const).toReversed(),
  );
  const shown = figures.flatMap((figure) =>
    comparisons.filter(({ figure: name, configurations }) =>
      name === figure.name &&
      configurations.some(({ label }) => groups.has(label))
    ).map((comparison) => ({ figure, comparison }))
  );
  if (shown.length === 0) return null;
  const charts: Markup[] = [];
  for (const [place, { figure, comparison }] of shown.entries()) {
    const svg = await forestChart(figure, comparison, {
      id: `${id}-differences-${place}`,
      colorOf: (label) => groups.get(label)?.color ?? "var(--ink)",
    });
    charts.push(
      markup`<figure class="card"><figcaption><h3>${
        headingOf(figure)
      }</h3></figcaption>${raw(svg)}</figure>`,
    );
  }
  const labels = [...groups.keys()].toReversed().filter((label) =>
    shown.some(({ comparison: { configurations } }) =>
      configurations.some((one) => one.label === label)
    )
  );
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${title}: differences from the best">
<table class="figures"><caption><span>${CAPTION}</span></caption>
<thead><tr><th scope="col">From the best</th>${
    shown.map(({ figure }) => markup`<th scope="col">${headingOf(figure)}</th>`)
  }</tr></thead>
<tbody>${
    labels.map((label) =>
      markup`<tr><th scope="row">${swatch(groups.get(label)!)} ${label}</th>${
        shown.map((one) => cell(one, label))
      }</tr>`
    )
  }</tbody></table></div>
<ul class="small">${
    verdicts(figures, shown.map(({ comparison }) => comparison))
      .map((sentence) => markup`<li>${sentence}.</li>`)
  }</ul>
<div class="cards charts">${charts}</div>`;
}

const CAPTION =
  `Marked green above is what is separated from all others at 95 %; framed is what cannot be told apart from the best. ${INTERVALS}: where one does not hold 0, the two are told apart.`;

function cell(
  { figure, comparison }: {
    readonly figure: Figure;
    readonly comparison: FigureComparison;
  },
  label: string,
): Markup {
  if (label === comparison.best) return markup`<td>the best</td>`;
  const found = fromBest(comparison).find((one) => one.label === label);
  if (found === undefined) return markup`<td>–</td>`;
  const text = showDifference(figure, found).replaceAll("-", "−");
  if (found.isTold) return markup`<td>${text}</td>`;
  return markup`<td class="leading">${text}<span class="hidden"> (not told apart from the best)</span></td>`;
}
