/**
 * Workers for sweeps of the tiny project, in this process.
 *
 * @module
 */

import { onTestFinished } from "vitest";
import { digestFile } from "../../core/pipeline/key/file_digest.ts";
import { digesterOf } from "../../core/pipeline/beside_store.ts";
import { runWorker } from "../../core/queue/worker.ts";
import type {
  WorkerEvent,
  WorkerOptions,
} from "../../core/queue/worker_options.ts";
import { folderStore } from "../../core/store/folder/folder_store.ts";
import { engine, type Project } from "../pipeline/_open_project.ts";

/** A worker that was started. */
export interface StartedWorker {
  readonly events: readonly WorkerEvent[];
  /** Rejects where it cannot work. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a worker for the project, or for a copy of it elsewhere. */
export function startWorker(
  project: Project,
  url: string,
  options: Partial<WorkerOptions> = {},
): StartedWorker {
  const controller = new AbortController();
  const config = project.config();
  const events: WorkerEvent[] = [];
  const ended = runWorker({
    place: { url, queue: "test" },
    store: folderStore(config.storeDirectory),
    baseDirectory: config.baseDirectory,
    engine,
    digester: digesterOf(config),
    digestFile,
    concurrency: 2,
    // No machine is so busy that a living worker passes for dead.
    leaseSeconds: 600,
    drain: false,
    signal: controller.signal,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const stop = async () => {
    controller.abort();
    await ended;
  };
  onTestFinished(async () => {
    controller.abort();
    await ended.catch(() => {});
  });
  return { events, ended, stop };
}
