/**
 * A batch as a grid of images with thin separators.
 *
 * @module
 */

import type { ImageBatch } from "./image_batch.ts";
import { blank, checkBatch, checkWhole, encodePng, paste } from "./canvas.ts";

/** Options of {@link gridPng}. */
export interface GridOptions {
  /** Images in a row; by default the grid is as square as the count allows. */
  readonly columns?: number;
  /** Target pixels to a pixel of an image, a whole number. Default 2. */
  readonly scale?: number;
}

/** Grey level of the lines between images: apart from black, yet quiet. */
export const SEPARATOR = 72;

/**
 * Draws a batch as a grid, row by row, a line of one pixel around each image.
 * Cells that the last row lacks have the separator's grey.
 *
 * @throws {RangeError} For an empty batch, pixels that do not fit its sizes, or
 * options that are no whole numbers of at least 1.
 */
export function gridPng(
  batch: ImageBatch,
  options: GridOptions = {},
): Uint8Array {
  const { columns = Math.ceil(Math.sqrt(batch.count)), scale = 2 } = options;
  checkBatch("a grid", batch);
  checkWhole("columns", columns);
  checkWhole("scale", scale);
  const across = Math.min(columns, batch.count);
  const down = Math.ceil(batch.count / across);
  const stepX = batch.width * scale + 1;
  const stepY = batch.height * scale + 1;
  const image = blank({
    ...batch,
    width: across * stepX + 1,
    height: down * stepY + 1,
  }, SEPARATOR);
  for (let index = 0; index < batch.count; index++) {
    const x = (index % across) * stepX + 1;
    const y = Math.floor(index / across) * stepY + 1;
    paste(image, batch, { index, x, y, scale });
  }
  return encodePng(image);
}
