/** What a worker is told, and what it tells. @module */

import type { EngineInfo } from "../engine/engine.ts";
import type { DigestFile } from "../pipeline/key/file_digest.ts";
import type { SourceDigester } from "../pipeline/source/digest.ts";
import type { ArtifactStore } from "../store/store.ts";
import type { StageResult } from "./job.ts";
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

/** What a worker does. */
export type WorkerEvent =
  | { readonly type: "start"; readonly title: string; readonly reason: string }
  | {
    readonly type: "end";
    readonly title: string;
    /** `again`: it failed, and will be tried once more. */
    readonly status: StageResult["status"] | "again" | "interrupted";
    readonly ms: number;
    readonly message?: string;
  }
  | { readonly type: "refused"; readonly title: string; readonly why: string }
  | { readonly type: "note"; readonly message: string };
