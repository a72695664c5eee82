/**
 * Differences from the best with their intervals, one below the other.
 *
 * @module
 */

import type { FigureComparison } from "../../vae/compared.ts";
import type { Figure } from "../../vae/figures/figure.ts";
import { headingOf, inUnit } from "../../vae/figures/show.ts";
import { cutNames } from "../format.ts";
import { lettersOf } from "../letters.ts";
import { type FromBest, fromBest, showDifference } from "../standings.ts";
import { drawFigure } from "./figure.ts";

const WIDTH = 360;
const ROW = 30;
/** Pixels of an ordinary letter. */
const LETTER = 7.2;
const LONGEST_NAME = 22;

/** Draws a figure's differences. Returns an `<svg>` for use inside a page. */
export async function forestChart(
  figure: Figure,
  comparison: FigureComparison,
  { id, colorOf }: {
    readonly id: string;
    /** A CSS colour for a configuration. */
    readonly colorOf: (label: string) => string;
  },
): Promise<string> {
  const { best, configurations } = comparison;
  const rows = fromBest(comparison).map((one) => ({
    ...one,
    low: inUnit(figure, one.interval[0]),
    high: inUnit(figure, one.interval[1]),
    value: inUnit(figure, one.difference),
  }));
  const labels = configurations.map(({ label }) => label);
  const names = cutNames(labels, LONGEST_NAME);
  const unit = figure.unit === "" ? "" : `, ${figure.unit}`;
  return await drawFigure((plot) => ({
    width: WIDTH,
    height: labels.length * ROW + 52,
    marginTop: 8,
    marginBottom: 40,
    marginRight: 16,
    marginLeft: 16 + Math.max(...names.map((name) => lettersOf(name))) * LETTER,
    style: { fontSize: "13px" },
    x: {
      label: `Difference from the best${unit}`,
      // Below the names, too: it is longer than the scale.
      labelAnchor: "right",
      labelArrow: "none",
      grid: true,
      ticks: 4,
      // The best stands at 0, wherever the others are.
      domain: padded([0, ...rows.flatMap(({ low, high }) => [low, high])]),
    },
    y: {
      label: null,
      domain: labels,
      tickFormat: (_label: string, index: number) => names[index] ?? "",
      tickSize: 0,
    },
    marks: [
      plot.ruleX([0], { stroke: "var(--quiet)", strokeDasharray: "3,3" }),
      plot.ruleY(rows, {
        y: "label",
        x1: "low",
        x2: "high",
        stroke: ({ label }: FromBest) => colorOf(label),
        strokeWidth: 2.5,
      }),
      plot.dot([...rows, { label: best, value: 0, isTold: true }], {
        y: "label",
        x: "value",
        r: 5,
        stroke: ({ label }: FromBest) => colorOf(label),
        strokeWidth: 2,
        // Hollow where it cannot be told apart.
        fill: ({ label, isTold }: FromBest) =>
          isTold ? colorOf(label) : "var(--card)",
      }),
    ],
  }), {
    id,
    title: `${headingOf(figure)}: differences from the best`,
    description: `${best} is the best. ${
      rows.map((one) => `${one.label}: ${showDifference(figure, one)}`)
        .join("; ")
    }.`,
  });
}

/** From the least to the greatest, with a little room. */
function padded(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * 0.06;
  return [low - room, high + room];
}
