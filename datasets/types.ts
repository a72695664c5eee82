/**
 * Labelled image sets as plain data.
 *
 * @module
 */

/** Images with their labels, in order. */
export interface ImageSet {
  /** Number of images. */
  readonly count: number;
  /**
   * `[count, height * width]`, row by row, one byte a pixel, 0 is background; of
   * colours three bytes a pixel, red, green and blue.
   */
  readonly images: Uint8Array;
  /** `[count]`. */
  readonly labels: Uint8Array;
}

/** A labelled image data set, split into train and test. */
export interface Dataset {
  /** `mnist`, `synthetic`, or what folder and files are called: `FashionMNIST`. */
  readonly name: string;
  /** One line: what it was read from, without a path of this machine. */
  readonly source: string;
  /** Procedurally drawn digits, not real data: every output says so. */
  readonly synthetic: boolean;
  /** Rows of pixels. */
  readonly height: number;
  /** Pixels in a row. */
  readonly width: number;
  /** 3 where pixels have red, green and blue; not there where they are grey. */
  readonly channels?: number;
  /** What models are fitted to. */
  readonly train: ImageSet;
  /** What they are judged on. */
  readonly test: ImageSet;
}
