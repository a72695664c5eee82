/** Figures in the words beside a picture. @module */

import { FIGURES } from "../../vae/figures.ts";
import type { Figure } from "../../vae/figures/figure.ts";
import { shortUnit, showNumber } from "../../vae/figures/show.ts";
import type { TrialData } from "../data.ts";
import { type Markup, markup } from "../markup.ts";

/** `ELBO −99.12, NLL 94.92 nats`: a trial's figures for these pictures; null where it has none. */
export function besidePicture(
  { figures }: TrialData,
  pictures: Figure["beside"],
): Markup | null {
  const shown = FIGURES.filter(({ beside, name }) =>
    beside === pictures && figures[name] !== undefined
  );
  if (shown.length === 0) return null;
  const texts = shown.map((figure, i) => {
    const number = showNumber(figure, figures[figure.name]!.value);
    const unit = shortUnit(figure);
    const next = shown[i + 1];
    const isSaid = next !== undefined && shortUnit(next) === unit;
    return `${figure.title} ${number.replace("-", "−")}${
      isSaid || unit === "" ? "" : ` ${unit}`
    }`;
  });
  return markup`<p class="small">${texts.join(", ")}</p>`;
}
