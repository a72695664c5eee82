/**
 * What the runner and its worker processes say to each other.
 *
 * @module
 */

import type { ArtifactAddress } from "../../store/store.ts";
import type { KeyFields, SentValue, SourceOf } from "../provider.ts";
import type { StageMessage } from "../stage_message.ts";
import type { StageEnd } from "./stage_result.ts";
import type { WireError } from "./wire_error.ts";

/** A stage to be run, as data. */
export interface Task {
  readonly address: ArtifactAddress;
  readonly fields: KeyFields;
  /** File URL of the stage's module. */
  readonly module: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** What of the trial the stage uses. */
  readonly given: readonly TaskGiven[];
  /** The modules that its key depends on. */
  readonly sources: readonly SourceOf[];
  /** Artifact name to its address. */
  readonly inputs: Readonly<Record<string, ArtifactAddress>>;
  /** A finished artifact to go on from, or null. */
  readonly earlier: ArtifactAddress | null;
  /** Location of the store. */
  readonly store: string;
  readonly baseDirectory: string;
}

/** Something that a task's stage uses. */
export interface TaskGiven {
  readonly name: string;
  /** File URL of the provider's module, which opens it. */
  readonly module: string;
  readonly sent: SentValue;
}

/** From the runner to a worker. */
export type ToWorker =
  | { readonly type: "run"; readonly task: Task }
  /** Opens what takes long ahead of the first task that uses it. */
  | { readonly type: "warm"; readonly given: readonly TaskGiven[] }
  | { readonly type: "abort" }
  /** Answers `verify`; `error` where the result must not be kept. */
  | { readonly type: "verified"; readonly error: WireError | null };

/** From a worker to the runner. */
export type FromWorker =
  | StageMessage
  | StageEnd
  /** Asks whether the sources are still those of the key. */
  | { readonly type: "verify" }
  | { readonly type: "warmed" };
