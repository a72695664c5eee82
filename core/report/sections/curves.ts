/**
 * How the loss and its parts fell over the epochs.
 *
 * @module
 */

import { evaluation } from "../../vae/figures/evaluation.ts";
import { comparable } from "../comparable.ts";
import { lossCharts } from "../charts/losses.ts";
import type { ReportData } from "../data.ts";
import { type Markup, markup } from "../markup.ts";
import { seriesOf } from "../series.ts";
import type { Section } from "./section.ts";

/** How the loss and its parts fell over the epochs. */
export const curves: Section = {
  id: "curves",
  title: "Loss curves",
  short: "Curves",
  render,
};

const { kindOf, words } = evaluation.apart!;

async function render(data: ReportData): Promise<Markup | null> {
  const trained = seriesOf(data).flatMap(({ data: { training }, ...mark }) => {
    const { epochs = [], pixels = "binary", binarization = "" } = training ??
      {};
    const kind = kindOf({ pixels, binarization }) ?? null;
    return epochs.length > 0 ? [{ ...mark, epochs, kind }] : [];
  });
  if (trained.length === 0) return null;
  const kinds = comparable(trained, ({ kind }) => kind);
  const charts: Markup[] = [];
  for (const [index, series] of kinds.entries()) {
    const { kind } = series[0]!;
    charts.push(markup`${
      kinds.length > 1 && kind !== null &&
      markup`<h3>Of ${words[kind] ?? kind}</h3>`
    }${await lossCharts(series, index === 0 ? "curves" : `curves-${index}`)}`);
  }
  return markup`${charts}`;
}
