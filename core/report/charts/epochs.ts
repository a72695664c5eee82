/**
 * Curves over the epochs.
 *
 * @module
 */

import { dodge, epochTicks, paddedDomain } from "../chart_layout.ts";
import { cutNames } from "../format.ts";
import { lettersOf } from "../letters.ts";
import type { SYMBOLS } from "../series.ts";
import {
  drawFigure,
  type FigureText,
  type Markish,
  type Plot,
  type PlotOptions,
} from "./figure.ts";

/** One line of a chart. */
export interface ChartLine {
  readonly label: string;
  /** A CSS colour, `var(--series-1)`. */
  readonly color: string;
  /** Drawn at the line's end. */
  readonly symbol: (typeof SYMBOLS)[number];
  readonly points: readonly ChartPoint[];
  /** Held-out images, drawn dashed; empty where there are none. */
  readonly validation: readonly ChartPoint[];
}

/** A value at an epoch. */
export interface ChartPoint {
  readonly epoch: number;
  /** Nats an image. */
  readonly value: number;
}

const WIDTH = 390;
const HEIGHT = 280;
const MARGIN = { top: 30, bottom: 38, left: 46 };
const FONT_SIZE = 13;
/** With more lines than this the labels at their ends would be a heap. */
const MOST_LABELS = 6;
const LONGEST_LABEL = 15;

/** Draws lines over epochs. Returns an `<svg>` for use inside a page. */
export async function epochChart(
  lines: readonly ChartLine[],
  text: FigureText,
): Promise<string> {
  const finite = lines.map(onlyFinite);
  return await drawFigure(
    (plot) => ({ ...frame(finite), marks: marks(plot, finite) }),
    text,
  );
}

function frame(lines: readonly ChartLine[]): PlotOptions {
  const ticks = epochTicks(all(lines).map(({ epoch }) => epoch));
  return {
    width: WIDTH,
    height: HEIGHT,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight: labelWidth(lines),
    style: { fontSize: `${FONT_SIZE}px` },
    x: { label: "Epoch", ticks, tickFormat: "d", labelAnchor: "center" },
    y: {
      label: "Nats an image",
      domain: domainOf(lines),
      grid: true,
      ticks: 5,
    },
  };
}

function marks(plot: Plot, lines: readonly ChartLine[]): Markish[] {
  const channels = { x: "epoch", y: "value" };
  const drawn = lines.flatMap(({ points, validation, color, symbol }) => [
    plot.lineY(points, { ...channels, stroke: color, strokeWidth: 2 }),
    plot.lineY(validation, {
      ...channels,
      stroke: color,
      strokeWidth: 1.5,
      strokeDasharray: "4 3",
    }),
    plot.dot(points.slice(-1), { ...channels, fill: color, symbol, r: 4 }),
    plot.dot(validation.slice(-1), { ...channels, stroke: color, r: 2.5 }),
  ]);
  return [...drawn, ...labels(plot, lines)];
}

/** Names beside the ends of the lines, moved apart where they would overlap. */
function labels(plot: Plot, lines: readonly ChartLine[]): Markish[] {
  if (lines.length > MOST_LABELS) return [];
  const names = namesOf(lines);
  const ended = lines.flatMap(({ color, points }, i) => {
    const end = points.at(-1);
    return end === undefined ? [] : [{ label: names[i]!, color, end }];
  });
  const [low, high] = domainOf(lines);
  const bottom = HEIGHT - MARGIN.bottom;
  const perNat = (bottom - MARGIN.top) / (high - low);
  const heights = dodge(
    ended.map(({ end }) => bottom - (end.value - low) * perNat),
    { apart: FONT_SIZE + 2, from: MARGIN.top, to: bottom },
  );
  return ended.map(({ label, color, end }, index) => {
    const y = low + (bottom - (heights[index] ?? 0)) / perNat;
    return plot.text([{ epoch: end.epoch, y, label }], {
      x: "epoch",
      y: "y",
      text: "label",
      fill: color,
      fontWeight: 600,
      textAnchor: "start",
      dx: 9,
    });
  });
}

function labelWidth(lines: readonly ChartLine[]): number {
  if (lines.length > MOST_LABELS) return 20;
  const letters = namesOf(lines).map((name) => lettersOf(name));
  return 16 + Math.max(0, ...letters) * FONT_SIZE * 0.58;
}

function namesOf(lines: readonly ChartLine[]): readonly string[] {
  return cutNames(lines.map(({ label }) => label), LONGEST_LABEL);
}

function domainOf(lines: readonly ChartLine[]): [number, number] {
  return paddedDomain(all(lines).map(({ value }) => value));
}

function all(lines: readonly ChartLine[]): ChartPoint[] {
  return lines.flatMap(({ points, validation }) => [...points, ...validation]);
}

function onlyFinite(line: ChartLine): ChartLine {
  const isFinite = ({ value }: ChartPoint) => Number.isFinite(value);
  return {
    ...line,
    points: line.points.filter(isFinite),
    validation: line.validation.filter(isFinite),
  };
}
