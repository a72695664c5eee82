/**
 * A search for the best setting of each configuration: what is asked, and what
 * is known of it.
 *
 * @module
 */

import type { OptionAxis } from "../provider.ts";

/** Values of options of stages, by `train.learningRate`. */
export type Setting = Readonly<Record<string, unknown>>;

/** The rungs at which settings are told apart. */
interface Ladder {
  /** The stage by whose result they are. */
  readonly stage: string;
  /** Its option that is raised from rung to rung. */
  readonly over: string;
  /** The values of that option, ascending. */
  readonly rungs: readonly number[];
}

/** What a config asks for, checked and complete. */
export interface SearchInput extends Ladder {
  /** Of so many settings one goes on to the next rung: the eta of Li et al. */
  readonly reduction: number;
  /** The options that settings set. */
  readonly options: readonly OptionAxis[];
  /** What every configuration tries, each once. */
  readonly settings: readonly Setting[];
  /** As a config has it. */
  readonly written: Readonly<Record<string, unknown>>;
}

/** What came of a setting at a rung. */
export type Score =
  | {
    /** The smaller, the better. */
    readonly value: number;
    /** Steps from the first on. */
    readonly work: number;
    /** Those of them that this rung adds to the one before. */
    readonly added: number;
  }
  | {
    /** Why there is none, nor will be: the loss is not finite, say. */
    readonly failed: string;
  };

/** A setting that was tried. */
export interface TriedSetting {
  readonly setting: Setting;
  /** One for each rung that it came to and that has ended. */
  readonly scores: readonly Score[];
}

/** What is known of one configuration: trials that differ in their seeds alone. */
export interface SearchedConfiguration {
  /** `Mine(1,2)`, as in `group` of a trial. */
  readonly group: string;
  /** In the order of the settings. */
  readonly tried: readonly TriedSetting[];
  /** How many of them the next rung has, or the last had. */
  readonly left: number;
  /** Null while the search goes on. */
  readonly winner: Setting | null;
  /** Steps that it takes, and those that all settings to the last rung would take. */
  readonly work: { readonly done: number; readonly whole: number };
}

/** What is known of a search. */
export interface SearchState extends Ladder {
  /** What its scores are, in words. */
  readonly measure: string;
  readonly configurations: readonly SearchedConfiguration[];
  /** Place of the rung that is to be run; null where all have ended. */
  readonly next: number | null;
  /** The artifacts that it rests on. */
  readonly artifacts: readonly {
    readonly stage: string;
    readonly key: string;
  }[];
}
