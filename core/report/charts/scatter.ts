/**
 * Points in the plane, coloured by label, with each label where its points are.
 *
 * @module
 */

import type { Scatter } from "../../latent/exploration.ts";
import { drawFigure, type FigureText } from "./figure.ts";

/** What a scatter says besides its points. */
export interface ScatterOptions extends FigureText {
  /** Names of the two directions. */
  readonly directions: readonly [string, string];
}

const WIDTH = 300;
const HEIGHT = 300;
/** Colours of the style sheet for labels; past these they come again. */
const COLORS = 10;

/** Draws the points. Returns an `<svg>` for use inside a page. */
export async function scatterChart(
  { points, labels }: Scatter,
  { directions, ...text }: ScatterOptions,
): Promise<string> {
  const rows = Array.from(
    { length: points.length / 2 },
    (_, i) => ({ x: points[2 * i]!, y: points[2 * i + 1]!, label: labels[i]! }),
  ).filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const color = ({ label }: { label: number }) =>
    `var(--label-${label % COLORS})`;
  return await drawFigure((plot) => ({
    width: WIDTH,
    height: HEIGHT,
    marginTop: 24,
    marginBottom: 38,
    marginLeft: 38,
    marginRight: 10,
    style: { fontSize: "13px" },
    x: { label: directions[0], ticks: 5, labelAnchor: "center" },
    y: { label: directions[1], ticks: 5 },
    marks: [
      plot.dot(rows, {
        x: "x",
        y: "y",
        r: 1.5,
        fill: color,
        fillOpacity: 0.75,
      }),
      plot.text(centres(rows), {
        x: "x",
        y: "y",
        text: ({ label }: { label: number }) => String(label),
        fontSize: 14,
        fontWeight: 700,
        fill: "var(--ink)",
        stroke: "var(--card)",
        strokeWidth: 5,
      }),
    ],
  }), text);
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
