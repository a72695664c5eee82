/** What passes between the server and the painter's process. @module */

/** A part of the model. */
interface PaintedPlugin {
  /** File URL. */
  readonly module: string;
  /** sha256 of its source with all that it imports, when the run was planned. */
  readonly digest: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What is to be drawn. */
export interface PaintRequest {
  /** Key of the training. */
  readonly key: string;
  /** When its checkpoint was saved, in milliseconds since 1970. */
  readonly saved: number;
  /** Folder of the checkpoint. */
  readonly directory: string;
  readonly prior: PaintedPlugin;
  readonly network: PaintedPlugin;
  readonly likelihood: PaintedPlugin;
  readonly latentDim: number;
  /** Of the stream that the prior draws from. */
  readonly seed: number;
  /** Images. */
  readonly count: number;
  readonly height: number;
  readonly width: number;
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
