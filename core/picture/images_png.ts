/** The images that a model gives a script, as a picture. @module */

import { sizeOfImage } from "../lib/image_shape.ts";
import { type GridOptions, gridPng } from "./image_grid.ts";

/** Sizes of an image. */
export interface PictureShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Draws images, grey or in colours, as a grid, row by row, a line of one pixel around each.
 *
 * @param images `[B, height * width * channels]`, intensities in [0, 1]
 * @returns the bytes of a PNG file
 * @throws {RangeError} where there is no image, the numbers do not fit the
 * sizes, or there is another number of channels than 1 or 3.
 */
export function imagesPng(
  images: Float32Array,
  { height, width, channels }: PictureShape,
  options: GridOptions = {},
): Uint8Array {
  const shape = { height, width, channels };
  const count = Math.ceil(images.length / sizeOfImage(shape));
  return gridPng({ ...shape, count, pixels: images }, options);
}
