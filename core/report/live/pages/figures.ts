/**
 * What has been measured of a run.
 *
 * @module
 */

import { type Markup, markup } from "../../markup.ts";
import { MISSING } from "../../format.ts";
import { comparable } from "../../comparable.ts";
import { figuresInUse, GROUPS, hasFigures } from "../../../vae/figures.ts";
import type { Figure, FigureGroup } from "../../../vae/figures/figure.ts";
import {
  describeUnits,
  headingOf,
  showFigure,
} from "../../../vae/figures/show.ts";
import type { RunView, TrialView } from "../known/run_view.ts";

/** Figures of the trials that have been measured; empty where there are none. */
export function figures({ trials }: RunView): Markup {
  return markup`${GROUPS.map((group) => section(group, trials))}`;
}

function section(
  group: FigureGroup,
  trials: readonly TrialView[],
): Markup | null {
  const { id, title, apart } = group;
  const measured = trials.filter(({ figures }) => hasFigures(group, figures));
  if (measured.length === 0) return null;
  const kinds = comparable(
    measured,
    ({ conditions }) => apart?.kindOf(conditions) ?? null,
  );
  return markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${kinds.map((trials) => table(group, trials))}</section>`;
}

function table(group: FigureGroup, trials: readonly TrialView[]): Markup {
  const { label, apart } = group;
  const figures = figuresInUse(group, trials.map(({ figures }) => figures));
  const kind = apart?.kindOf(trials[0]!.conditions);
  const caption = [describeUnits(figures), kind && apart!.words[kind]]
    .filter(Boolean).join("; ");
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="figures">${
    caption !== "" && markup`<caption>${caption}</caption>`
  }<thead><tr><th scope="col">Prior</th>${
    figures.map((figure) => markup`<th scope="col">${headingOf(figure)}</th>`)
  }</tr></thead><tbody>
${
    trials.map((trial) =>
      markup`<tr><th scope="row">${trial.label}</th>${
        figures.map((figure) => markup`<td>${cell(figure, trial)}</td>`)
      }</tr>
`
    )
  }</tbody></table></div>`;
}

function cell(figure: Figure, { figures }: TrialView): string {
  const found = figures[figure.name];
  return found === undefined
    ? MISSING
    : showFigure(figure, found).replace("-", "−");
}
