/**
 * One try at one artifact: takes its lock, looks whether somebody has made it
 * meanwhile, and has a worker make it.
 *
 * @module
 */

import type {
  ArtifactManifest,
  ArtifactStore,
  LockOwner,
} from "../../store/store.ts";
import type { Task, TaskEnd } from "./messages.ts";
import type { TaskHandlers, WorkerPool } from "./worker_pool.ts";

/** What a try came to. */
export type MakeStep =
  | { readonly type: "ended"; readonly end: TaskEnd }
  /** It is there already. */
  | { readonly type: "found"; readonly manifest: ArtifactManifest }
  /** Another process is at it. */
  | { readonly type: "locked"; readonly owner: LockOwner | null };

/** What {@link makeArtifact} works with. */
export interface MakeOptions {
  readonly store: ArtifactStore;
  readonly pool: Pick<WorkerPool, "run">;
  readonly handlers: TaskHandlers;
  /** Makes it even if it is there. */
  readonly forced: boolean;
  /** It is about to be made. */
  begin(): void;
}

/** Tries to make the artifact of `task`, whose inputs are there. */
export async function makeArtifact(
  task: Task,
  { store, pool, handlers, forced, begin }: MakeOptions,
): Promise<MakeStep> {
  const { address } = task;
  const lock = await store.tryLock(address);
  if (!lock.locked) return { type: "locked", owner: lock.owner };
  try {
    const made = forced ? null : await store.inspect(address);
    if (made?.status === "hit") {
      return { type: "found", manifest: made.manifest };
    }
    if (forced) await store.clearAttempt(address);
    await handlers.verify();
    begin();
    return { type: "ended", end: await pool.run(task, handlers) };
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
