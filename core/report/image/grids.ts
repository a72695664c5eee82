/**
 * The grids of images in the comparison, each of the size of the largest.
 *
 * @module
 */

import { sizeOfImage } from "../../lib/image_shape.ts";
import { gridPng } from "../../picture/mod.ts";
import type { ImageBatch } from "../../vae/model/artifacts.ts";
import { type Markup, markup, pngUri } from "../markup.ts";

/** A size in pixels of the picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const SCALE = 2;

/** Size of the largest grid; of MNIST's where there is none. */
export function gridSize(
  generated: readonly (ImageBatch | null)[],
  side: number,
): Size {
  const batches = generated.flatMap((batch) =>
    batch ? [first(batch, side * side)] : []
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

/** Images in a grid, `side` in a row; words where there are none. */
export function gridPicture(
  generated: ImageBatch | null,
  grid: Size,
  side: number,
): Markup {
  return generated && generated.count > 0
    ? image(first(generated, side * side), grid, side)
    : placeholder(grid);
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
  const pixels = batch.pixels.subarray(0, kept * sizeOfImage(batch));
  return { ...batch, count: kept, pixels };
}
