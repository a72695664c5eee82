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
import { makeArtifact } from "../pipeline/execute/make_artifact.ts";
import {
  packError,
  type TaskEnd,
  unpackError,
} from "../pipeline/execute/messages.ts";
import { reasonWithout } from "../pipeline/execute/outcomes.ts";
import { isMade } from "../pipeline/status.ts";
import type { WorkerPool } from "../pipeline/execute/worker_pool.ts";
import { otherSource, whyNot } from "./accept.ts";
import { type JobReporter, jobReporter } from "./job_reporter.ts";
import {
  isWhole,
  type LackingResult,
  resultOf,
  type StageJob,
  type StageResult,
  type StageWord,
  SWEEP,
} from "./job.ts";
import { ownName } from "./names.ts";
import { unpackTask } from "./portable_task.ts";
import { release } from "./release.ts";
import type { WorkerEvent, WorkerOptions } from "./worker_options.ts";

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
    await job.updateProgress({ type: "settled", result } satisfies StageWord);
    tools.onEvent(endOf(job, result));
  }
  // Else it was settled by a try that died before it could say so to BullMQ.
  await release(tools.queue, job);
  if (isMade(result)) return result;
  throw new UnrecoverableError(describe(result));
}

async function attempt(
  job: StageJob,
  tools: StageTools,
): Promise<StageResult> {
  const { data } = job;
  const { token, onEvent } = tools;
  const say = (word: StageWord) => job.updateProgress(word);
  const missing = await whatFailed(job, tools);
  if (missing !== null) return { status: "skipped", reason: missing };
  const why = await whyNot(data, tools);
  if (why !== null) {
    onEvent({ type: "refused", title: data.title, why });
    await say({ type: "refused", worker: ownName(), why });
    await tools.rest();
    await job.moveToDelayed(Date.now() + REFUSED_MS, token);
    throw new DelayedError();
  }
  tools.stay();
  const reporter = jobReporter(say);
  let step;
  try {
    step = await make(job, tools, reporter);
  } catch (error) {
    step = {
      type: "ended",
      end: { type: "failed", error: packError(error) },
    } as const;
  }
  await reporter.close();
  switch (step.type) {
    case "locked":
      await say({ type: "locked", owner: step.owner });
      await job.moveToDelayed(Date.now() + LOCKED_MS, token);
      throw new DelayedError();
    case "found": {
      const { ms, warnings } = step.manifest;
      return { status: "cached", ms, warnings, worker: ownName() };
    }
    case "ended":
      return await conclude(step.end, job, tools);
  }
}

/** What a task's end means for its job. */
async function conclude(
  end: TaskEnd,
  job: StageJob,
  { token, onEvent }: StageTools,
): Promise<StageResult> {
  const { title } = job.data;
  switch (end.type) {
    case "done": {
      const { ms, warnings } = end;
      return { status: "done", ms, warnings, worker: ownName() };
    }
    case "damaged":
      return {
        status: "damaged",
        address: end.address,
        problem: end.problem,
      };
    case "interrupted":
      onEvent({ type: "end", title, status: "interrupted", ms: 0 });
      await job.moveToWait(token);
      throw new WaitingError();
    case "failed": {
      const error = unpackError(end.error);
      const isLast = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      // A store that is away comes back; a stage that throws does so again.
      if (!(error instanceof RunError) || isLast) {
        return { status: "failed", error: end.error };
      }
      const message = messageOf(error);
      onEvent({ type: "end", title, status: "again", ms: 0, message });
      await job.updateProgress({ type: "again", message });
      throw error;
    }
  }
}

async function make(
  job: StageJob,
  tools: StageTools,
  reporter: JobReporter,
) {
  const { data } = job;
  const { store, baseDirectory, digester, pool, onEvent } = tools;
  const site = { store: store.location, baseDirectory };
  const tell = (line: string) =>
    onEvent({ type: "note", message: `[${data.title}] ${line}` });
  const forced = data.forced && !await isNew(job, tools);
  const making = makeArtifact(unpackTask(data.task, site), {
    store,
    pool,
    forced,
    title: data.title,
    begin: () => {
      onEvent({ type: "start", title: data.title, reason: data.reason });
      reporter.say({ type: "start", worker: ownName() });
    },
    handlers: {
      onMessage: (message) => {
        reporter.onMessage(message);
        if (message.type !== "warn" && message.type !== "note") return;
        tell(message.message);
      },
      onOutput: tell,
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

function endOf(
  { data: { title } }: StageJob,
  result: StageResult,
): WorkerEvent {
  const { status } = result;
  return isMade(result)
    ? { type: "end", title, status, ms: result.ms }
    : { type: "end", title, status, ms: 0, message: describe(result) };
}

function describe(result: LackingResult): string {
  switch (result.status) {
    case "failed":
      return result.error.message;
    case "skipped":
      return result.reason;
    case "damaged":
      return `its input of stage "${result.address.stage}" is damaged: ${result.problem}`;
  }
}
