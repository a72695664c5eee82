/** Images in memory. @module */

/** Images for the eye, pixel intensities in [0, 1], row by row. */
export interface ImageBatch {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** `[count, height * width]`. */
  readonly pixels: Float32Array;
}
