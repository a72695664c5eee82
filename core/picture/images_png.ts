/** The images that a model gives a script, as a picture. @module */

import { type GridOptions, gridPng } from "./image_grid.ts";

/** Sizes of an image. */
export interface PictureShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Draws grey images as a grid, row by row, a line of one pixel around each.
 *
 * @param images `[B, height * width]`, intensities in [0, 1]
 * @returns the bytes of a PNG file
 * @throws {RangeError} where there is no image, the numbers do not fit the
 * sizes, or the images are not grey.
 */
export function imagesPng(
  images: Float32Array,
  { height, width, channels }: PictureShape,
  options: GridOptions = {},
): Uint8Array {
  if (channels !== 1) {
    throw new RangeError(
      `Cannot draw a grid: found images of ${channels} channels, want grey ones`,
    );
  }
  const count = Math.ceil(images.length / (height * width));
  return gridPng({ count, height, width, pixels: images }, options);
}
