/** The shape of images, and how many numbers that makes. @module */

/** Rows, pixels in a row, and numbers a pixel. */
export interface ImageSides {
  readonly height: number;
  readonly width: number;
  /** 3: red, green and blue of each pixel side by side. Not there: grey. */
  readonly channels?: number;
}

/** Numbers of an image. */
export function sizeOfImage(
  { height, width, channels = 1 }: ImageSides,
): number {
  return height * width * channels;
}

/** The shape alone of what has one. */
export function shapeOfImage(
  { height, width, channels }: ImageSides,
): ImageSides {
  return { height, width, ...(channels === undefined ? {} : { channels }) };
}

/** The sides as an array has them, `[height, width]` or `[height, width, 3]`. */
export function axesOfImage(
  { height, width, channels }: ImageSides,
): readonly number[] {
  return channels === undefined ? [height, width] : [height, width, channels];
}

/** `28 x 28`, or `28 x 28 x 3`. */
export function imageShapeText(image: ImageSides): string {
  return axesOfImage(image).join(" x ");
}
