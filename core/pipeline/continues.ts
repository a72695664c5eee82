/**
 * What of the work of a stage is kept, and gone on from: by its next attempt, or
 * by a stage that wants more of the same.
 *
 * @module
 */

/**
 * What a long stage saves for its next attempt, should this one be interrupted:
 * one state, in place of the one before. It goes with what was logged and
 * warned of until then, and is removed when the stage has succeeded.
 */
export interface Checkpoint {
  /** What the last attempt with the same key saved; null where there is nothing whole. */
  load(): Promise<unknown>;
  /**
   * Whether to save now: some seconds after the last time, and no more often
   * than would take a fiftieth of the time. Never decide by it what to compute.
   */
  due(): boolean;
  /**
   * Saves plain data (JSON values and typed arrays). A full disk is told of, and
   * is no error.
   */
  save(value: unknown): Promise<void>;
}

/** A finished artifact of the same stage that is to be gone on from. */
export interface EarlierArtifact {
  /** What the stage gave. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Folder of the files that the stage wrote. */
  readonly directory: string;
}

/**
 * How a stage goes on from a finished artifact of its own that has less of the
 * same, instead of computing all anew. The result must be, bit for bit, what
 * computing anew gives: the key does not tell them apart.
 */
export interface Continues<Options> {
  /** Options in which that artifact may differ; all else of its key is the same. */
  readonly across: readonly string[];
  /** Where to go on from what was made with `earlier`, or why not; null: it is of no use. */
  from(options: Options, earlier: Options): ContinuesFrom | null;
}

/** What an earlier artifact is good for. */
export type ContinuesFrom =
  | {
    /** `epoch 20`. */
    readonly after: string;
    /** How far it got: of several artifacts the largest is taken. */
    readonly done: number;
  }
  | {
    /** Why all starts anew: `a cosine schedule depends on the last epoch`. */
    readonly anew: string;
  };
