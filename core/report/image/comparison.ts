/**
 * What the priors generate, side by side, with their names above and their
 * numbers below.
 *
 * @module
 */

import type { ImageBatch } from "../../vae/model/artifacts.ts";
import { figuresInUse } from "../../vae/figures.ts";
import { evaluation } from "../../vae/figures/evaluation.ts";
import type {
  Conditions,
  Figure,
  FigureValues,
} from "../../vae/figures/figure.ts";
import { shortUnit, showNumber } from "../../vae/figures/show.ts";
import { MISSING } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { FONT_FAMILY, renderSvg } from "./render_svg.ts";
import {
  drawBanners,
  drawLabel,
  labelHeightOf,
  labelLines,
  LINE,
  MARGIN,
  spans,
  titleLines,
} from "./captions.ts";
import { gridPicture, gridSize, type Size } from "./grids.ts";

/** One trial in the comparison. */
export interface ComparisonColumn {
  /** `Mine(1,2)`. */
  readonly label: string;
  /** What its prior generates; null where it got no samples. */
  readonly generated: ImageBatch | null;
  readonly figures: FigureValues;
  readonly conditions: Conditions;
}

/** Options of {@link comparisonPng}. */
export interface ComparisonOptions {
  /** A line above everything: the data set and what else all share. */
  readonly title: string;
  /** Lines that nobody may overlook: `SYNTHETIC DIGITS ...`. */
  readonly banners?: readonly string[];
  /** Images in a row and in a column of each grid. Default 8. */
  readonly side?: number;
  /** Columns before a new row of grids begins. Default 4. */
  readonly columns?: number;
}

const GAP = 36;
const TITLE = 40;

/** Draws the comparison. Returns a PNG. */
export async function comparisonPng(
  columns: readonly ComparisonColumn[],
  options: ComparisonOptions,
): Promise<Buffer> {
  return await renderSvg(comparisonSvg(columns, options).text);
}

function comparisonSvg(
  columns: readonly ComparisonColumn[],
  options: ComparisonOptions,
): Markup {
  const { title, banners = [], side = 8 } = options;
  // Of what is measured on the test images; the rest would be a heap below a picture.
  const shown = figuresInUse(evaluation, columns.map(({ figures }) => figures));
  const kinds = columns.map(({ conditions }) => kindOf(conditions));
  const isMixed = new Set(kinds.filter((kind) => kind !== undefined)).size > 1;
  const lines = shown.length + (isMixed ? 1 : 0);
  const across = Math.max(1, Math.min(options.columns ?? 4, columns.length));
  const grid = gridSize(columns.map(({ generated }) => generated), side);
  const labels = columns.map(({ label }) => labelLines(label, grid.width));
  const labelHeight = labelHeightOf(labels);
  const cellHeight = labelHeight + grid.height + (lines + 1) * LINE + 16;
  const width = 2 * MARGIN + across * grid.width + (across - 1) * GAP;
  const room = width - 2 * MARGIN;
  const bars = drawBanners(banners, room);
  const titles = titleLines(title, { width: room, fontSize: 18 });
  const titleTop = MARGIN + bars.height;
  const top = titleTop + TITLE + (titles.length - 1) * LINE;
  const down = Math.ceil(columns.length / across);
  const height = top + down * cellHeight + (down - 1) * GAP + MARGIN - 16;
  const cells = columns.map((column, index) => {
    const x = MARGIN + (index % across) * (grid.width + GAP);
    const y = top + Math.floor(index / across) * (cellHeight + GAP);
    return markup`<g transform="translate(${x} ${y})">${
      drawLabel(labels[index]!, labelHeight)
    }<g transform="translate(0 ${labelHeight})">${
      cell(column, { grid, side, shown })
    }${
      isMixed && kinds[index] !== undefined &&
      kindLine(kinds[index]!, grid.height + 34 + shown.length * LINE)
    }</g></g>`;
  });
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${FONT_FAMILY}" fill="#1b1d21">
<rect width="${width}" height="${height}" fill="#ffffff"/>
${bars.markup}
<text font-size="18" fill="#565c66">${
    spans(titles, { x: MARGIN, y: titleTop + 14 })
  }</text>
${cells}
</svg>`;
}

const { kindOf, words } = evaluation.apart!;

/** Figures of several kinds do not compare. */
function kindLine(kind: string, y: number): Markup {
  return markup`<text x="0" y="${y}" font-size="18" fill="#565c66">Of ${
    words[kind]
  }</text>`;
}

interface CellOptions {
  readonly grid: Size;
  readonly side: number;
  readonly shown: readonly Figure[];
}

function cell(
  column: ComparisonColumn,
  { grid, side, shown }: CellOptions,
): Markup {
  const { generated, figures, conditions } = column;
  const picture = gridPicture(generated, grid, side);
  const rows = shown.map((figure, index) => {
    const { title, given } = figure;
    const condition = given && conditions[given.condition];
    const name = condition === undefined
      ? title
      : `${title}, ${given!.symbol} = ${condition}`;
    const found = figures[figure.name];
    const value = found === undefined
      ? MISSING
      : showNumber(figure, found.value).replace("-", "−");
    const y = grid.height + 34 + index * LINE;
    // A plain space at the start of a span would be dropped.
    const unit = value === MISSING ? "" : `\u00a0${shortUnit(figure)}`;
    return markup`<text x="0" y="${y}" font-size="18" fill="#565c66">${name}</text><text x="${grid.width}" y="${y}" font-size="18" font-weight="600" text-anchor="end">${value}<tspan font-weight="400" fill="#565c66">${unit}</tspan></text>`;
  });
  return markup`${picture}${rows}`;
}
