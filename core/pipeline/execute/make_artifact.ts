/**
 * One try at one artifact: takes its lock, looks whether somebody has made it
 * meanwhile, and has a worker make it.
 *
 * @module
 */

import type { LockOwner } from "../../lib/owner.ts";
import type { ArtifactManifest, ArtifactStore } from "../../store/store.ts";
import { deathError, secondTryWarning } from "./death.ts";
import { isMade, type MadeStatus } from "../status.ts";
import type { Task } from "./messages.ts";
import { failure, type StageEnd } from "./stage_result.ts";
import type { WorkerPool } from "./worker_pool.ts";
import type { TaskHandlers } from "./worker_process.ts";

/** What a try came to. */
export type MakeStep =
  | StageEnd
  /** Another process is at it. */
  | { readonly type: "locked"; readonly owner: LockOwner | null };

/** What {@link makeArtifact} works with. */
export interface MakeOptions {
  readonly store: ArtifactStore;
  readonly pool: Pick<WorkerPool, "run">;
  readonly handlers: TaskHandlers;
  /** Makes it even if it is there. */
  readonly forced: boolean;
  /** Of the stage, for people. */
  readonly title: string;
  /** Why it is made. */
  readonly reason: string;
}

/**
 * Tries to make the artifact of `task`, whose inputs are there; a stage whose
 * worker dies over it gets a second one.
 */
export async function makeArtifact(
  task: Task,
  options: MakeOptions,
): Promise<MakeStep> {
  const { address } = task;
  const { store, handlers, forced, reason } = options;
  const lock = await store.tryLock(address);
  if (!lock.locked) return { type: "locked", owner: lock.owner };
  try {
    const made = forced ? null : await store.inspect(address);
    if (made?.status === "hit") return found("cached", made.manifest);
    if (forced) await store.clearAttempt(address);
    await handlers.verify();
    handlers.onMessage({ type: "start", reason });
    const end = await runTask(task, options);
    if (end.result.status === "failed") {
      // A machine that slept has lost its lock, and who took it is done.
      const others = forced ? null : await store.inspect(address);
      if (others?.status === "hit") return found("cached", others.manifest);
    }
    return end;
  } finally {
    await lock.release();
  }
}

/** `process 12 on host (npm start, since ...)`. */
export function describeOwner(owner: LockOwner | null): string {
  return owner === null
    ? "another run"
    : `process ${owner.pid} on ${owner.host} (${owner.command}, since ${owner.since})`;
}

async function runTask(
  task: Task,
  { store, pool, handlers, forced, title }: MakeOptions,
): Promise<StageEnd> {
  const first = await pool.run(task, handlers);
  if (first.type !== "died") return first;
  // It may have died after its last act.
  const made = forced ? null : await store.inspect(task.address);
  if (made?.status === "hit") return found("done", made.manifest);
  const message = secondTryWarning(first);
  handlers.onMessage({ type: "warn", message });
  const end = await pool.run(task, handlers);
  if (end.type === "died") return failure(deathError(first, end));
  const { result } = end;
  if (!isMade(result)) return end;
  // Of this run and not of the artifact, which has the same bits as ever.
  const warnings = [...result.warnings, `${title}: ${message}`];
  return { type: "end", result: { ...result, warnings } };
}

function found(status: MadeStatus, manifest: ArtifactManifest): StageEnd {
  const { ms, warnings } = manifest;
  return { type: "end", result: { status, ms, warnings } };
}
