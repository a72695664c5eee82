/**
 * Where the posteriors lie along one axis, over the prior's density.
 *
 * @module
 */

import type { Marginals } from "../../vae/latent/exploration.ts";
import { drawFigure, type FigureText } from "./figure.ts";

/** One axis of {@link Marginals}. */
export interface MarginalOptions extends FigureText {
  /** Its place in `axes`. */
  readonly row: number;
  /** A CSS colour, `var(--series-1)`. */
  readonly color: string;
}

const WIDTH = 190;
const HEIGHT = 104;

/** Draws one axis. Returns an `<svg>` for use inside a page. */
export async function marginalChart(
  { bins, ranges, posterior, prior }: Marginals,
  { row, color, ...text }: MarginalOptions,
): Promise<string> {
  const [low, high] = [ranges[2 * row]!, ranges[2 * row + 1]!];
  const step = (high - low) / bins;
  const curve = (densities: Float32Array) =>
    Array.from({ length: bins }, (_, bin) => ({
      x: low + (bin + 0.5) * step,
      y: densities[row * bins + bin]!,
    }));
  const expected = curve(prior);
  const found = curve(posterior);
  return await drawFigure((plot) => ({
    width: WIDTH,
    height: HEIGHT,
    marginTop: 4,
    marginBottom: 20,
    marginLeft: 8,
    marginRight: 8,
    style: { fontSize: "12px" },
    x: { domain: [low, high], ticks: 3, tickSize: 3, label: null },
    y: {
      axis: null,
      domain: [0, topOf([...expected, ...found].map(({ y }) => y))],
      clamp: true,
    },
    marks: [
      plot.areaY(expected, {
        x: "x",
        y: "y",
        fill: "var(--quiet)",
        fillOpacity: 0.28,
      }),
      plot.lineY(found, { x: "x", y: "y", stroke: color, strokeWidth: 1.75 }),
      plot.ruleY([0], { stroke: "var(--line)" }),
    ],
  }), text);
}

/** The highest density, but for the few that run off beside a bound. */
function topOf(densities: readonly number[]): number {
  const sorted = densities.filter(Number.isFinite).sort((a, b) => a - b);
  const most = sorted.at(-1) ?? 1;
  const usual = sorted[Math.floor(0.95 * (sorted.length - 1))] ?? most;
  return 1.05 * Math.min(most, 3 * usual) || 1;
}
