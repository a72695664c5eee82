/**
 * How the loss and its parts fell over the epochs.
 *
 * @module
 */

import { lossCharts } from "../charts/losses.ts";
import type { ReportData } from "../data.ts";
import type { Markup } from "../markup.ts";
import { seriesOf } from "../series.ts";
import type { Section } from "./section.ts";

/** How the loss and its parts fell over the epochs. */
export const curves: Section = {
  id: "curves",
  title: "Loss curves",
  short: "Curves",
  render,
};

async function render(data: ReportData): Promise<Markup | null> {
  const trained = seriesOf(data).flatMap(({ data: { training }, ...mark }) => {
    const epochs = training?.epochs ?? [];
    return epochs.length > 0 ? [{ ...mark, epochs }] : [];
  });
  return trained.length === 0 ? null : await lossCharts(trained);
}
