/**
 * What brings a plan's stages about: processes of this machine, or whatever
 * else keeps these promises.
 *
 * @module
 */

import type { ArtifactStore } from "../../store/store.ts";
import type { SourceDigester } from "../source/digest.ts";
import type { Finding } from "../survey.ts";
import type { PipelineEvent, Plan, StageOutcome } from "../types.ts";

/** What {@link Executor.execute} works with. */
export interface ExecuteOptions {
  readonly store: ArtifactStore;
  readonly findings: ReadonlyMap<string, Finding>;
  readonly digester: SourceDigester;
  /** Stages side by side, where this process decides that. */
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: PipelineEvent) => void;
}

/** What became of the nodes. */
export interface Execution {
  /** By key. */
  readonly outcomes: ReadonlyMap<string, StageOutcome>;
  readonly warnings: readonly string[];
}

/**
 * Runs the stages that `findings` say are to run, each as soon as what it needs
 * is in the store. All that it makes goes to the store; so neither who runs a
 * stage nor in which order can change a result.
 */
export interface Executor {
  /** `local`. */
  readonly name: string;
  /** Brings every stage to its outcome; stages fail in theirs, not here. */
  execute(plan: Plan, options: ExecuteOptions): Promise<Execution>;
}
