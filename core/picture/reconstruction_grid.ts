/**
 * Originals with their reconstructions right below them.
 *
 * @module
 */

import { plural } from "../lib/count.ts";
import { imageShapeText } from "../lib/image_shape.ts";
import type { ImageBatch } from "./image_batch.ts";
import { blank, checkBatch, checkWhole, encodePng, paste } from "./canvas.ts";
import { SEPARATOR } from "./image_grid.ts";

/** Pairs in a row by default, at most. */
const MOST_COLUMNS = 10;

/** Options of {@link reconstructionPng}. */
export interface ReconstructionOptions {
  /** Pairs in a row; by default at most 10, and as many in each row as can be. */
  readonly columns?: number;
  /** Target pixels to a pixel of an image, a whole number. Default 2. */
  readonly scale?: number;
  /** Pixels between one row of pairs and the next. Default 6. */
  readonly gap?: number;
}

/**
 * Draws rows of pairs: a row of originals, the row of their reconstructions
 * below it, then a gap and the next pair of rows.
 *
 * @throws {RangeError} For batches that are empty or differ in count or size,
 * and for options that are no whole numbers of at least 1.
 */
export function reconstructionPng(
  originals: ImageBatch,
  reconstructions: ImageBatch,
  options: ReconstructionOptions = {},
): Uint8Array {
  checkPair(originals, reconstructions);
  const { columns = evenColumns(originals.count), scale = 2, gap = 6 } =
    options;
  checkWhole("columns", columns);
  checkWhole("scale", scale);
  checkWhole("gap", gap);
  const { count, height, width } = originals;
  const across = Math.min(columns, count);
  const pairs = Math.ceil(count / across);
  const stepX = width * scale + 1;
  const stepY = height * scale + 1;
  // Two rows with a line above, between and below them.
  const pairHeight = 2 * stepY + 1;
  const image = blank({
    ...originals,
    width: across * stepX + 1,
    height: pairs * pairHeight + (pairs - 1) * gap,
  }, SEPARATOR);
  for (let index = 0; index < count; index++) {
    const x = (index % across) * stepX + 1;
    const y = Math.floor(index / across) * (pairHeight + gap) + 1;
    paste(image, originals, { index, x, y, scale });
    paste(image, reconstructions, { index, x, y: y + stepY, scale });
  }
  return encodePng(image);
}

function evenColumns(count: number): number {
  return Math.ceil(count / Math.ceil(count / MOST_COLUMNS));
}

function checkPair(originals: ImageBatch, reconstructions: ImageBatch): void {
  checkBatch("originals", originals);
  checkBatch("reconstructions", reconstructions);
  const found = size(reconstructions);
  const wanted = size(originals);
  if (found !== wanted) {
    throw new RangeError(
      `Cannot draw reconstructions: found ${found}, want ${wanted} as the originals have`,
    );
  }
}

function size(batch: ImageBatch): string {
  return `${plural(batch.count, "image")} of ${imageShapeText(batch)}`;
}
