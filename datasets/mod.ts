export interface ImageSet {
  readonly count: number;
  /** `[count, height * width]`, one byte a pixel. */
  readonly images: Uint8Array;
  /** `[count]`. */
  readonly labels: Uint8Array;
}

/** A labelled image data set, split into train and test. */
export interface Dataset {
  /** `mnist`, `synthetic`, or the name of the folder. */
  readonly name: string;
  /** One line: where it was read from. */
  readonly source: string;
  /** Procedurally drawn digits, not real data: every output says so. */
  readonly synthetic: boolean;
  readonly height: number;
  readonly width: number;
  readonly train: ImageSet;
  readonly test: ImageSet;
}
