/**
 * What the priors generate, side by side, with their names above and their
 * numbers below.
 *
 * @module
 */

import { gridPng } from "../../picture/mod.ts";
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
import { type Markup, markup, pngUri } from "../markup.ts";
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
const SCALE = 2;
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
  const grid = gridSize(columns, side);
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

interface Size {
  readonly width: number;
  readonly height: number;
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
  const picture = generated && generated.count > 0
    ? image(first(generated, side * side), grid, side)
    : placeholder(grid);
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

function image(batch: ImageBatch, grid: Size, side: number): Markup {
  const png = gridPng(batch, { columns: side, scale: SCALE });
  const { width, height } = sizeOf(batch, side);
  // Few images make a smaller picture: it keeps its pixels and its corner.
  return markup`<image x="0" y="0" width="${
    Math.min(width, grid.width)
  }" height="${
    Math.min(height, grid.height)
  }" style="image-rendering:optimizeSpeed" href="${pngUri(png)}"/>`;
}

function placeholder(grid: Size): Markup {
  return markup`<rect width="${grid.width}" height="${grid.height}" fill="#eef0f3"/><text x="${
    grid.width / 2
  }" y="${
    grid.height / 2
  }" font-size="18" fill="#565c66" text-anchor="middle">No samples</text>`;
}

/** Size of the largest grid among the columns; of MNIST's where there is none. */
function gridSize(columns: readonly ComparisonColumn[], side: number): Size {
  const batches = columns.flatMap(({ generated }) =>
    generated ? [first(generated, side * side)] : []
  );
  if (batches.length === 0) {
    batches.push({
      count: side * side,
      height: 28,
      width: 28,
      pixels: new Float32Array(),
    });
  }
  const sizes = batches.map((batch) => sizeOf(batch, side));
  return {
    // Room for the numbers, however small the pictures.
    width: Math.max(260, ...sizes.map(({ width }) => width)),
    height: Math.max(...sizes.map(({ height }) => height)),
  };
}

function sizeOf(batch: ImageBatch, side: number): Size {
  const across = Math.min(side, batch.count);
  const down = Math.ceil(batch.count / Math.max(1, across));
  return {
    width: across * (batch.width * SCALE + 1) + 1,
    height: down * (batch.height * SCALE + 1) + 1,
  };
}

function first(batch: ImageBatch, count: number): ImageBatch {
  const kept = Math.min(count, batch.count);
  const pixels = batch.pixels.subarray(0, kept * batch.height * batch.width);
  return { ...batch, count: kept, pixels };
}
