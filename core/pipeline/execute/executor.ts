/**
 * What brings a plan's stages about: processes of this machine, or whatever
 * else keeps these promises.
 *
 * @module
 */

import type { ArtifactStore } from "../../store/store.ts";
import type { SourceDigester } from "../source/digest.ts";
import type { StaleFinding } from "../survey.ts";
import type { PipelineEvent, Plan, StageNode, StageOutcome } from "../types.ts";

/** What {@link Executor.execute} works with. */
export interface ExecuteOptions {
  readonly store: ArtifactStore;
  /** The stages to run, by key. */
  readonly todo: ReadonlyMap<string, StaleFinding>;
  /** What became of all others, by key. */
  readonly outcomes: ReadonlyMap<string, StageOutcome>;
  readonly digester: SourceDigester;
  /** Stages side by side, where this process decides that. */
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: PipelineEvent) => void;
  /** Notes what became of a stage, with what the stage said, and tells of it. */
  settle(
    node: StageNode,
    outcome: StageOutcome,
    warnings?: readonly string[],
  ): void;
}

/** An input that a stage could not read. */
export interface Damage {
  /** Of the artifact, which is in quarantine now. */
  readonly key: string;
  readonly problem: string;
  /** Key of the stage that wanted to read it. */
  readonly reader: string;
}

/**
 * Runs the stages that are to run, each as soon as what it needs is in the
 * store. All that it makes goes to the store; so neither who runs a stage nor in
 * which order can change a result.
 */
export interface Executor {
  /** `local`. */
  readonly name: string;
  /**
   * Settles every stage that is to run; stages fail in their outcomes, not here.
   * One that meets a damaged input is left as it is, with all that need it.
   */
  execute(plan: Plan, options: ExecuteOptions): Promise<readonly Damage[]>;
}
