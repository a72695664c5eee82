/**
 * How far the figures of two runs are apart, in words.
 *
 * @module
 */

import { formatColumns } from "../lib/columns.ts";
import type {
  MetricInterval,
  RunComparison,
  SeedsComparison,
} from "../runs/comparison.ts";
import { FIGURES } from "../vae/figures.ts";
import type { Figure } from "../vae/figures/figure.ts";
import { headingOf, showNumber } from "../vae/figures/show.ts";
import { terminalWidth } from "./wrap.ts";

/** What the intervals are, in sentences. */
export function intervalsNote(
  { trials, overSeeds = [] }: RunComparison,
): string {
  const told = trials.flatMap(({ metrics }) =>
    metrics.filter(({ difference }) => difference !== null)
  );
  const has = (wanted: string) =>
    told.some(({ images, interval, standardError }) =>
      (images ?? (interval || standardError !== null ? "independent" : "")) ===
        wanted
    );
  return [
    has("paired") &&
    "Intervals are of 95 %, by image: both runs are measured on the same ones",
    has("independent") &&
    `${
      has("paired") ? "(i): " : "Intervals are of 95 %, "
    }as for independent images, where a run has not kept the figures of each, and so usually too wide`,
    told.some(({ interval }) => interval !== undefined) &&
    overSeeds.length === 0 &&
    "Training luck is not in them: only several seeds tell",
  ].filter(Boolean).join(". ");
}

/** Lines of a configuration over its seeds. */
export function describeSeeds(
  { label, trials, metrics }: SeedsComparison,
): readonly string[] {
  return formatColumns([
    [`${label}, over ${trials} seeds`, "B - A"],
    ...metrics.map((metric) => {
      const figure = FIGURES.find(({ name }) => name === metric.name)!;
      return [`  ${headingOf(figure)}`, showInterval(figure, metric)];
    }),
  ], { width: terminalWidth(), flexible: 0 });
}

/** `+1.50 [0.67, 2.33]`, `(i)` behind it where images are not paired. */
export function showInterval(
  figure: Figure,
  { difference, interval: [low, high], images }: Pick<
    MetricInterval,
    "difference" | "interval" | "images"
  >,
): string {
  const number = (value: number) => showNumber(figure, value);
  return `${difference < 0 ? "" : "+"}${number(difference)} [${number(low)}, ${
    number(high)
  }]${images === "independent" ? " (i)" : ""}`;
}
