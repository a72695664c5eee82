/**
 * Curves over the epochs as inline SVG, drawn on the server. Text is in the
 * page's colour and lines in the style sheet's, so they follow light and dark.
 *
 * @module
 */

import type * as PlotModule from "@observablehq/plot";
import { dodge, epochTicks, paddedDomain } from "./chart_layout.ts";
import type { SYMBOLS } from "./series.ts";

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

/** What a chart says besides its lines. */
export interface ChartOptions {
  /** Unique within the page, for the ids of title and description. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, in a sentence, for those who cannot see it. */
  readonly description: string;
}

const WIDTH = 390;
const HEIGHT = 280;
const MARGIN = { top: 30, bottom: 38, left: 46 };
const FONT_SIZE = 13;
/** With more lines than this the labels at their ends would be a heap. */
const MOST_LABELS = 6;
const LONGEST_LABEL = 15;

type Plot = typeof PlotModule;
/** The little of the DOM that is needed; linkedom's has no types without a browser's. */
interface SvgElement {
  readonly outerHTML: string;
  readonly firstChild: unknown;
  insertBefore(child: unknown, before: unknown): void;
  setAttribute(name: string, value: string): void;
}
interface SvgDocument {
  createElementNS(
    namespace: string,
    name: string,
  ): SvgElement & { textContent: string };
}

/** Draws lines over epochs. Returns an `<svg>` for use inside a page. */
export async function epochChart(
  lines: readonly ChartLine[],
  options: ChartOptions,
): Promise<string> {
  // Together most of a second to load: only a report that is written needs them.
  const [Plot, { parseHTML }] = await Promise.all([
    import("@observablehq/plot"),
    import("linkedom"),
  ]);
  const { document } = parseHTML("<html></html>");
  const finite = lines.map(onlyFinite);
  const figure = Plot.plot({
    ...frame(finite),
    document: document as never,
    marks: marks(Plot, finite),
  }) as unknown as SvgElement;
  describe(figure, document as unknown as SvgDocument, options);
  return figure.outerHTML;
}

function frame(lines: readonly ChartLine[]): PlotModule.PlotOptions {
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

function marks(Plot: Plot, lines: readonly ChartLine[]): PlotModule.Markish[] {
  const channels = { x: "epoch", y: "value" };
  const drawn = lines.flatMap(({ points, validation, color, symbol }) => [
    Plot.lineY(points, { ...channels, stroke: color, strokeWidth: 2 }),
    Plot.lineY(validation, {
      ...channels,
      stroke: color,
      strokeWidth: 1.5,
      strokeDasharray: "4 3",
    }),
    Plot.dot(points.slice(-1), { ...channels, fill: color, symbol, r: 4 }),
    Plot.dot(validation.slice(-1), { ...channels, stroke: color, r: 2.5 }),
  ]);
  return [...drawn, ...labels(Plot, lines)];
}

/** Names beside the ends of the lines, moved apart where they would overlap. */
function labels(Plot: Plot, lines: readonly ChartLine[]): PlotModule.Markish[] {
  if (lines.length > MOST_LABELS) return [];
  const ended = lines.flatMap(({ label, color, points }) => {
    const end = points.at(-1);
    return end === undefined ? [] : [{ label: shorten(label), color, end }];
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
    return Plot.text([{ epoch: end.epoch, y, label }], {
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

/** Marks the drawing as one image with a name and a description. */
function describe(
  svg: SvgElement,
  document: SvgDocument,
  options: ChartOptions,
): void {
  const { id, title, description } = options;
  const texts = [["desc", description], ["title", title]] as const;
  for (const [name, text] of texts) {
    const element = document.createElementNS(
      "http://www.w3.org/2000/svg",
      name,
    );
    element.setAttribute("id", `${id}-${name}`);
    element.textContent = text;
    svg.insertBefore(element, svg.firstChild);
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${id}-title`);
  svg.setAttribute("aria-describedby", `${id}-desc`);
}

function labelWidth(lines: readonly ChartLine[]): number {
  if (lines.length > MOST_LABELS) return 20;
  const letters = lines.map(({ label }) => shorten(label).length);
  return 16 + Math.max(0, ...letters) * FONT_SIZE * 0.58;
}

function shorten(label: string): string {
  if (label.length <= LONGEST_LABEL) return label;
  return `${label.slice(0, LONGEST_LABEL - 1)}…`;
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
