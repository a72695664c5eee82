/**
 * What lies in the queue: a stage to be run, as data, and what is known of it.
 *
 * @module
 */

import type { Job } from "bullmq";
import type {
  StageEnd,
  StageResult,
} from "../pipeline/execute/stage_result.ts";
import type { StageMessage } from "../pipeline/stage_message.ts";
import type { PortableTask } from "./portable_task.ts";

/** The job that has all others of a sweep as its children, and does nothing. */
export const SWEEP = "sweep";

/** Data of the job {@link SWEEP}. */
export interface SweepData {
  readonly plan: string;
  /** Who started it: `host, npm start ...`. */
  readonly by: string;
}

/** Data of every other job. */
export interface StageJobData {
  readonly title: string;
  readonly task: PortableTask;
  readonly reason: string;
  /** To be made even if it was there before the sweep. */
  readonly forced: boolean;
  /** What a worker's store must have to be the sweep's. */
  readonly store: StoreMark;
  /** Ids of the jobs that must have ended before. */
  readonly after: readonly string[];
  /** Ids of the jobs that wait for this one. */
  readonly before: readonly string[];
}

/** A job of the queue that is a stage. */
export type StageJob = Job<StageJobData>;

/** Tells one store from another, whatever path leads to it. */
interface StoreMark {
  readonly location: string;
  /** A reference that lies in it. */
  readonly run: string;
  readonly record: string;
}

/** Who works on a job. */
export interface WorkerName {
  readonly host: string;
  readonly pid: number;
}

/** What a worker says of a job; the last word stays with it. */
export type StageWord =
  | StageMessage
  | StageEnd
  /** The worker must not do it; another one may. */
  | {
    readonly type: "refused";
    readonly worker: WorkerName;
    readonly why: string;
  };

/**
 * Whether the job is all there. Of one whose data Redis has lost a word of a
 * worker may be left, which makes no job.
 */
export function isWhole(job: { readonly data: unknown }): boolean {
  return (job.data as Partial<StageJobData> | null)?.task !== undefined;
}

/** What a job came to, if it has. */
export function resultOf(
  { progress }: { readonly progress: unknown },
): StageResult | null {
  const word = progress as StageWord | number | null;
  return typeof word === "object" && word?.type === "end" ? word.result : null;
}
