/**
 * The words for how a stage stands: before it runs, and after.
 *
 * @module
 */

/**
 * What the store has of a stage that has not run: `cached`, its artifact;
 * `stale`, none that holds, so that it is to run; `skipped`, none, and it was
 * not asked for.
 */
export type CacheStatus = "cached" | "stale" | "skipped";

/**
 * What became of a stage: `cached`, its artifact was there; `done`, it ran;
 * `skipped`, it was not asked for, or something that it needs failed.
 */
export const STAGE_STATUSES = [
  "cached",
  "done",
  "failed",
  "skipped",
  "interrupted",
] as const;

/** One of {@link STAGE_STATUSES}. */
export type StageStatus = typeof STAGE_STATUSES[number];

/** That of a stage whose artifact is in the store. */
export type MadeStatus = Extract<StageStatus, "cached" | "done">;

/** What became of a whole plan: the worst that became of one of its stages. */
export const PLAN_STATUSES = [
  "done",
  "failed",
  "interrupted",
] as const satisfies readonly StageStatus[];

/** One of {@link PLAN_STATUSES}. */
export type PlanStatus = typeof PLAN_STATUSES[number];

/** Whether a stage that ended so has its artifact in the store. */
export function isMade<Ended extends { readonly status: string }>(
  ended: Ended,
): ended is Ended & { readonly status: MadeStatus } {
  return ended.status === "done" || ended.status === "cached";
}
