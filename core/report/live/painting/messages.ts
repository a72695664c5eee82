/** What passes between the server and the painter's process. @module */

import type { ImageSides } from "../../../lib/image_shape.ts";
import type { RecordedParts } from "../../../vae/recorded_parts.ts";

/** What is to be drawn. */
export interface PaintRequest extends RecordedParts, ImageSides {
  /** Key of the training. */
  readonly key: string;
  /** When its checkpoint was saved, in milliseconds since 1970. */
  readonly saved: number;
  /** Folder of the checkpoint. */
  readonly directory: string;
  /** Of the stream that the prior draws from. */
  readonly seed: number;
  /** Images. */
  readonly count: number;
  readonly storeDirectory: string;
}

/** What came of a request. */
export type Painting =
  | {
    readonly type: "painted";
    readonly png: Uint8Array;
    /** Whole epochs that the model was trained for, and steps after them. */
    readonly epochs: number;
    readonly steps: number;
  }
  /** There is no picture, and why. */
  | { readonly type: "none"; readonly why: string }
  /** The prior's module can only be run from the sources, not beside the bundle. */
  | { readonly type: "sources" };
