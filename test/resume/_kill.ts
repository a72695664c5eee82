/**
 * Kills trainings after a checkpoint of theirs, drawn at random, and compares
 * what they end with.
 *
 * @module
 */

import { isDeepStrictEqual } from "node:util";
import { uniformStream } from "../../core/engine/random.ts";
import {
  forgetTrainings,
  type Job,
  runTrainings,
  trainedDigests,
  type Victim,
} from "./_job.ts";

/** One killed and resumed job. */
export interface KilledRun {
  readonly victim: Victim;
  /** So many had been saved by a worker. */
  readonly checkpoints: number;
  readonly workers: number;
  /** The trainings and the steps they went on after. */
  readonly resumed: ReadonlyMap<string, number>;
  /** Whether every file has the digest of the run that was let alone. */
  readonly equal: boolean;
}

const VICTIMS: readonly Victim[] = ["all", "runner", "worker"];

/** How often, and when {@link killedRuns} kills. */
export interface KillPlan {
  readonly kills: number;
  readonly seed: number;
  /** A training saves at least so many checkpoints; default by the time it took. */
  readonly checkpoints?: number;
}

/**
 * Trains without a disturbance, then `kills` times anew, killed after a
 * checkpoint drawn by `seed`, and run again.
 *
 * @throws {Error} Where a run ends otherwise than it should.
 */
export async function* killedRuns(
  job: Job,
  { kills, seed, checkpoints: most }: KillPlan,
): AsyncGenerator<KilledRun> {
  const undisturbed = await finish(job, 2);
  const whole = trainedDigests(job);
  const uniform = uniformStream(seed, 0);
  const interval = 1000 * job.seconds;
  // Two trainings side by side take longer than each alone.
  const count = most ?? undisturbed.ms / interval / 2;
  for (let i = 0; i < kills; i++) {
    forgetTrainings(job);
    const victim = VICTIMS[i % VICTIMS.length]!;
    const checkpoints = 1 + Math.floor(uniform() * count);
    const ms = uniform() * interval;
    const workers = 1 + i % 2;
    const kill = { victim, checkpoints, ms };
    const killed = await runTrainings(job, { kill, workers });
    const end = await finish(job, workers);
    const equal = isDeepStrictEqual(trainedDigests(job), whole);
    const resumed = new Map([
      // A dead worker's training may go on at once.
      ...[...killed.resumed].filter(([, step]) => step > 0),
      ...end.resumed,
    ]);
    yield { victim, checkpoints, workers, resumed, equal };
  }
}

/**
 * Trains with one epoch less and then with all, and compares with what the
 * trainings ended with that are there, which did not.
 */
export async function raisedRun(job: Job) {
  const { epochs, ...rest } = job.config["train"] as { epochs: number };
  const train = { ...rest, epochs: epochs - 1 };
  const whole = trainedDigests(job);
  forgetTrainings(job);
  await finish({ ...job, config: { ...job.config, train } }, 1);
  const { resumed, output } = await finish(job, 1);
  const digests = trainedDigests(job);
  const reason = /^train.*: started \((.*)\)/m.exec(output)?.[1] ?? "";
  const equal = Object.keys(whole)
    .every((key) => isDeepStrictEqual(digests[key], whole[key]));
  return { resumed, equal, reason };
}

async function finish(job: Job, workers: number) {
  const end = await runTrainings(job, { workers });
  if (end.code !== 0) throw new Error(`Exit code ${end.code}:\n${end.output}`);
  return end;
}
