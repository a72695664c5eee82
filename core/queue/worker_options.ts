/** What a worker is told, and what it tells. @module */

import type { EngineInfo } from "../engine/engine.ts";
import type { DigestFile } from "../pipeline/key/file_digest.ts";
import type { SourceDigester } from "../pipeline/source/digest.ts";
import type { ArtifactStore } from "../store/store.ts";
import type { StageWord } from "./job.ts";
import type { QueuePlace } from "./place.ts";

/** Options of `runWorker`. */
export interface WorkerOptions {
  readonly place: QueuePlace;
  readonly store: ArtifactStore;
  /** Folder that places of modules and of data start from. */
  readonly baseDirectory: string;
  readonly engine: EngineInfo;
  readonly digester: SourceDigester;
  readonly digestFile: DigestFile;
  /** Stages side by side. */
  readonly concurrency: number;
  /** After so many seconds of silence its work is given to another. */
  readonly leaseSeconds: number;
  /** Ends when the queue has nothing more to do. */
  readonly drain: boolean;
  /** Aborted, stages save their checkpoints and go back to the queue. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: WorkerEvent) => void;
}

/** What a worker says of a stage, or with `title` null of itself. */
export type WorkerEvent = StageWord & { readonly title: string | null };
