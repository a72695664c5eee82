/** Images in memory. @module */

import type { ImageSides } from "../lib/image_shape.ts";

/** Images for the eye, pixel intensities in [0, 1], row by row. */
export interface ImageBatch extends ImageSides {
  readonly count: number;
  /** `[count, height * width]`; `[count, height * width * 3]` of colours. */
  readonly pixels: Float32Array;
}
