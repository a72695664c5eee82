/**
 * Names in the queue.
 *
 * @module
 */

import { hostname } from "node:os";
import type { EngineName } from "../engine/engine.ts";
import type { Plan } from "../pipeline/types.ts";
import { sha256 } from "../lib/files.ts";
import type { ArtifactStore } from "../store/store.ts";
import type { QueuePlace } from "./place.ts";
import type { WorkerName } from "./job.ts";

/**
 * Name of the queue that an engine's workers take from: what one engine
 * computes, another must not pass for its own.
 */
export function queueName(
  { queue }: Pick<QueuePlace, "queue">,
  engine: EngineName,
): string {
  return `${queue}-${engine}`;
}

/** Id of the sweep that brings a plan about in a store. */
export function sweepId(plan: Pick<Plan, "id">, store: ArtifactStore): string {
  return `${plan.id}-${sha256(store.location).slice(0, 8)}`;
}

/** Id of a stage's job. */
export function stageJobId(sweep: string, key: string): string {
  return `${sweep}.${key}`;
}

/** The key of a stage whose job has this id. */
export function keyOfJobId(id: string): string {
  return id.slice(id.lastIndexOf(".") + 1);
}

/** This process. */
export function ownName(): WorkerName {
  return { host: hostname(), pid: process.pid };
}

/** `host:12`. */
export function formatWorker({ host, pid }: WorkerName): string {
  return `${host}:${pid}`;
}
