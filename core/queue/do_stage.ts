/**
 * One try at one job of the queue.
 *
 * @module
 */

import {
  DelayedError,
  type Queue,
  UnrecoverableError,
  WaitingError,
} from "bullmq";
import { messageOf, RunError } from "../lib/errors.ts";
import {
  describeOwner,
  makeArtifact,
} from "../pipeline/execute/make_artifact.ts";
import { reasonWithout } from "../pipeline/execute/outcomes.ts";
import {
  failure,
  reasonOf,
  type StageResult,
} from "../pipeline/execute/stage_result.ts";
import { unpackError } from "../pipeline/execute/wire_error.ts";
import { isMade } from "../pipeline/status.ts";
import type { WorkerPool } from "../pipeline/execute/worker_pool.ts";
import { otherSource, whyNot } from "./accept.ts";
import { type JobReporter, jobReporter } from "./job_reporter.ts";
import {
  isWhole,
  resultOf,
  type StageJob,
  type StageWord,
  SWEEP,
} from "./job.ts";
import { ownName } from "./names.ts";
import { unpackTask } from "./portable_task.ts";
import { release } from "./release.ts";
import type { WorkerOptions } from "./worker_options.ts";

/** What a try works with. */
export interface StageTools extends WorkerOptions {
  readonly queue: Queue;
  readonly pool: WorkerPool;
  /** The worker's end waits for what is passed through it. */
  during<T>(stage: Promise<T>): Promise<T>;
  /** Takes nothing for a while, after a refusal: others shall have it first. */
  rest(): Promise<void>;
  /** What it took was its own. */
  stay(): void;
  /** What BullMQ knows this try by. */
  readonly token: string;
}

/** A stage that another process makes is asked for again after so long. */
const LOCKED_MS = 1000;
/** One that was refused may be taken after so long, by another: who refused it rests. */
const REFUSED_MS = 100;

/** Processes a job, as BullMQ wants it: gives the result, or throws what is to become of it. */
export async function doStage(
  job: StageJob,
  tools: StageTools,
): Promise<StageResult | null> {
  if (job.name === SWEEP) return null;
  // Who follows the sweep puts it in again.
  if (!isWhole(job)) throw new UnrecoverableError("Redis has lost this job");
  let result = resultOf(job);
  if (result === null) {
    result = await attempt(job, tools);
    await tell(job, { type: "end", result }, tools);
  }
  // Else it was settled by a try that died before it could say so to BullMQ.
  await release(tools.queue, job);
  if (isMade(result)) return result;
  throw new UnrecoverableError(reasonOf(result));
}

async function attempt(
  job: StageJob,
  tools: StageTools,
): Promise<StageResult> {
  const { data } = job;
  const missing = await whatFailed(job, tools);
  if (missing !== null) return { status: "skipped", reason: missing };
  const why = await whyNot(data, tools);
  if (why !== null) {
    await tell(job, { type: "refused", worker: ownName(), why }, tools);
    await tools.rest();
    await job.moveToDelayed(Date.now() + REFUSED_MS, tools.token);
    throw new DelayedError();
  }
  tools.stay();
  const say = (word: StageWord) => job.updateProgress(word);
  const reporter = jobReporter(say);
  const step = await make(job, tools, reporter).catch(failure);
  await reporter.close();
  if (step.type === "end") return await conclude(step.result, job, tools);
  const message = `waits for ${describeOwner(step.owner)}`;
  await say({ type: "note", message });
  await job.moveToDelayed(Date.now() + LOCKED_MS, tools.token);
  throw new DelayedError();
}

/** What a try's result means for its job. */
async function conclude(
  result: StageResult,
  job: StageJob,
  tools: StageTools,
): Promise<StageResult> {
  if (result.status === "interrupted") {
    tools.onEvent({ type: "end", title: job.data.title, result });
    await job.moveToWait(tools.token);
    throw new WaitingError();
  }
  if (result.status !== "failed") return result;
  const error = unpackError(result.error);
  const isLast = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
  // A store that is away comes back; a stage that throws does so again.
  if (!(error instanceof RunError) || isLast) return result;
  const message = `failed, and is tried again: ${messageOf(error)}`;
  await tell(job, { type: "warn", message }, tools);
  throw error;
}

/** Says it to whoever follows the sweep, and here. */
async function tell(
  job: StageJob,
  word: StageWord,
  { onEvent }: StageTools,
): Promise<void> {
  await job.updateProgress(word);
  onEvent({ ...word, title: job.data.title });
}

async function make(
  job: StageJob,
  tools: StageTools,
  reporter: JobReporter,
) {
  const { data } = job;
  const { title } = data;
  const { store, baseDirectory, digester, pool, onEvent } = tools;
  const site = { store: store.location, baseDirectory };
  const forced = data.forced && !await isNew(job, tools);
  const making = makeArtifact(unpackTask(data.task, site), {
    store,
    pool,
    forced,
    title,
    reason: data.reason,
    handlers: {
      onMessage: (message) => {
        reporter.say(message);
        onEvent({ ...message, title });
      },
      onOutput: (message) => onEvent({ type: "note", title, message }),
      verify: async () => {
        const why = await otherSource(data.task, site, digester);
        if (why === null) return;
        throw new Error(`while it ran, this worker's code changed: ${why}`);
      },
    },
  });
  return await tools.during(making);
}

/** Whether what was to be made again has been, by a try that died after it. */
async function isNew(
  job: StageJob,
  { store }: Pick<StageTools, "store">,
): Promise<boolean> {
  if (job.attemptsStarted <= 1) return false;
  const kept = await store.admin.look(job.data.task.address);
  return kept !== null && kept.modified >= job.timestamp;
}

/** Why an input of the job will never be there; null where all of them are. */
async function whatFailed(
  job: StageJob,
  { queue, token }: StageTools,
): Promise<string | null> {
  for (const id of job.data.after) {
    const needed: StageJob | undefined = await queue.getJob(id);
    if (needed === undefined || !isWhole(needed)) continue;
    const result = resultOf(needed);
    const { title } = needed.data;
    if (result !== null && isMade(result)) continue;
    if (result === null && needed.finishedOn === undefined) {
      // Redis had lost it, and it was put in again.
      await job.moveToDelayed(Date.now() + LOCKED_MS, token);
      throw new DelayedError();
    }
    if (result?.status === "skipped") return reasonWithout(title, "skipped");
    return reasonWithout(title, "failed");
  }
  return null;
}
