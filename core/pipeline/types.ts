/**
 * The plan (what would be done) and the result (what was done): the only
 * things that the command line and the report read.
 *
 * @module
 */

import type { AxisValues, Given, KeyFields } from "./provider.ts";
import type { SearchInput, SearchState } from "./search/types.ts";
import type { Stage } from "./stage.ts";
import type { StageMessage } from "./stage_message.ts";
import type { PlanStatus, StageStatus } from "./status.ts";

export type { KeyFields };

/** What a plan is made of. */
export interface PlanInput {
  /** Names the outputs. */
  readonly name: string;
  /** Folder of the config file; relative paths start here. */
  readonly baseDirectory: string;
  readonly configFile: string | null;
  /** In what trials differ, in the order in which names have it. */
  readonly axes: readonly AxisValues[];
  /** Combinations that are not wanted. */
  readonly exclude?: readonly Exclusion[];
  /** The trials, where they are not every value with every other. */
  readonly combinations?: readonly TrialValues[];
  /** Options that are to be found before trials are run. */
  readonly search?: SearchInput | null;
  /** Stages side by side; null: by the cores. */
  readonly concurrency: number | null;
  /** Threads of each worker. */
  readonly threads: number;
  /** Every stage of the pipeline, each name once, in no particular order. */
  readonly stages: readonly Stage[];
  /** Validated options of every stage, by its name. */
  readonly stageOptions: StageOptions;
  /** Absolute. */
  readonly outputDirectory: string;
  /** Absolute, or a URL. */
  readonly storeDirectory: string;
  /** The preset that was laid over the config. */
  readonly preset: string | null;
  /** The values that were set by hand, over config and preset. */
  readonly overrides: readonly Override[];
}

/** Values of some axes, by name: trials that have all of them are left out. */
export type Exclusion = Readonly<Record<string, unknown>>;

/** Options of stages, by the stage's name: `{ train: { epochs: 20 } }`. */
export type StageOptions = Readonly<
  Record<string, Readonly<Record<string, unknown>>>
>;

/** One value that was set by hand. */
export interface Override {
  /** The way to it: `["train", "epochs"]`. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * A trial's value of each axis, by the axis' name. Whoever adds an axis adds
 * its type by declaration merging.
 */
export interface TrialValues {
  readonly [axis: string]: unknown;
}

/** What all trials of a plan share, by its name; types as in {@link TrialValues}. */
export interface Shared {
  readonly [name: string]: unknown;
}

/** One stage to be run once, however many trials share it. */
export interface StageNode {
  /** sha256 of `fields`: the artifact's address in the store. */
  readonly key: string;
  readonly fields: KeyFields;
  readonly stage: Stage;
  /** Validated options. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What of the trial it sees: what it declares in `params`. */
  readonly given: readonly Given[];
  /** Artifact name to the key of the node that gives it. */
  readonly inputs: Readonly<Record<string, string>>;
  /** `train Mine(1,2)`: for people. */
  readonly title: string;
}

/** A trial, one member of the matrix: a value of each axis. */
export interface Trial {
  /** `mine-1-2`, with `-d2` and `-s7` where there are several; unique, fit for a file name. */
  readonly id: string;
  /** `Mine(1,2)`, with `D=2` and `seed 7` where there are several. */
  readonly label: string;
  /** The label without what is averaged over: the same for trials that differ in nothing else. */
  readonly group: string;
  readonly values: TrialValues;
  /** Keys of its stages, in order. */
  readonly nodes: readonly string[];
}

/** A checked plan. */
export interface Plan {
  /** `default-1a2b3c4d`: the config's name and a digest of all keys. */
  readonly id: string;
  readonly config: PlanInput;
  readonly shared: Shared;
  /** By key, in an order in which every input comes first. */
  readonly nodes: ReadonlyMap<string, StageNode>;
  readonly trials: readonly Trial[];
  /** Where the config searches: the plan is a rung of it, or what comes after. */
  readonly searched?: Searched;
}

/** A search, as far as it has come. */
export interface Searched extends SearchState {
  /** The config that asks for it; a rung is planned by another. */
  readonly config: PlanInput;
  /** What all trials are given. */
  readonly shared: readonly Given[];
}

/** What became of one stage. */
export interface StageOutcome {
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly status: StageStatus;
  /** Why it ran (`new`, `train.epochs 20 -> 30`, `forced`) or did not. */
  readonly reason: string;
  /** Time it took when it ran, this time or the time it was cached from. */
  readonly ms: number;
  readonly error?: Error;
  /**
   * Absolute folder of the artifact, where there is one: of a store that is
   * elsewhere, once the artifact was read.
   */
  readonly directory?: string;
}

/** What became of one trial. */
export interface TrialOutcome {
  readonly trial: Trial;
  readonly stages: readonly StageOutcome[];
}

/** What became of a plan. */
export interface PipelineResult {
  readonly plan: Plan;
  readonly trials: readonly TrialOutcome[];
  /** Each thing said to the person by a stage, once. */
  readonly warnings: readonly string[];
  readonly status: PlanStatus;
}

/** What happens while a plan runs, for progress displays. */
export type PipelineEvent =
  & { readonly node: StageNode }
  & (StageMessage | { readonly type: "end"; readonly outcome: StageOutcome });
