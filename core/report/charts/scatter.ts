/**
 * Points in the plane, coloured by label, with each label where its points are.
 *
 * @module
 */

import type { Scatter } from "../../vae/latent/exploration.ts";
import { labelColor } from "../label_colors.ts";
import { drawFigure, type FigureText } from "./figure.ts";

/** What a scatter says besides its points. */
export interface ScatterOptions extends FigureText {
  /** Names of the two directions. */
  readonly directions: readonly [string, string];
}

/** Dots of more classes than this cannot be told apart by their colours. */
const FEW_LABELS = 10;
/** Points are dots, or with more classes the labels themselves, on a larger chart. */
const FEW = { size: 300, label: { fontSize: 14, strokeWidth: 5 } };
const MANY = { size: 520, label: { fontSize: 15, strokeWidth: 4 } };
const POINT_FONT_SIZE = 9;

/** Draws the points. Returns an `<svg>` for use inside a page. */
export async function scatterChart(
  { points, labels }: Pick<Scatter, "points" | "labels">,
  { directions, ...text }: ScatterOptions,
): Promise<string> {
  const rows = Array.from(
    { length: points.length / 2 },
    (_, i) => ({ x: points[2 * i]!, y: points[2 * i + 1]!, label: labels[i]! }),
  ).filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const many = hasManyLabels({ labels });
  const { size, label } = many ? MANY : FEW;
  const color = ({ label }: Point) => labelColor(label);
  const name = ({ label }: Point) => String(label);
  const place = { x: "x", y: "y" };
  return await drawFigure((plot) => ({
    width: size,
    height: size,
    marginTop: 24,
    marginBottom: 38,
    marginLeft: 38,
    marginRight: 10,
    style: { fontSize: "13px" },
    x: { label: directions[0], ticks: 5, labelAnchor: "center" },
    y: { label: directions[1], ticks: 5 },
    marks: [
      many
        ? plot.text(rows, {
          ...place,
          text: name,
          fontSize: POINT_FONT_SIZE,
          fill: color,
        })
        : plot.dot(rows, {
          ...place,
          r: 1.5,
          fill: color,
          fillOpacity: 0.75,
        }),
      plot.text(centres(rows), {
        ...place,
        text: name,
        fontWeight: 700,
        fill: "var(--ink)",
        stroke: "var(--card)",
        ...label,
      }),
    ],
  }), text);
}

/** Whether a chart shows labels for points, and wants room. */
export function hasManyLabels({ labels }: Pick<Scatter, "labels">): boolean {
  return new Set(labels).size > FEW_LABELS;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** The median of each label's points, coordinate by coordinate. */
function centres(points: readonly Point[]): readonly Point[] {
  const labels = [...new Set(points.map(({ label }) => label))];
  return labels.sort((a, b) => a - b).map((label) => {
    const group = points.filter((point) => point.label === label);
    return {
      x: median(group.map(({ x }) => x)),
      y: median(group.map(({ y }) => y)),
      label,
    };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
