/**
 * Kills trainings at random moments and compares what they end with.
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
  /** Milliseconds after the first training had started. */
  readonly ms: number;
  readonly workers: number;
  /** The trainings and the steps they went on after. */
  readonly resumed: ReadonlyMap<string, number>;
  /** Whether every file has the digest of the run that was let alone. */
  readonly equal: boolean;
}

const VICTIMS: readonly Victim[] = ["all", "runner", "worker"];

/**
 * Trains without a disturbance, then `kills` times anew, killed at a moment
 * drawn by `seed` from the time that took, and run again.
 *
 * @throws {Error} Where a run ends otherwise than it should.
 */
export async function* killedRuns(
  job: Job,
  options: { readonly kills: number; readonly seed: number },
): AsyncGenerator<KilledRun> {
  const undisturbed = await finish(job, 2);
  const whole = trainedDigests(job);
  const uniform = uniformStream(options.seed, 0);
  for (let i = 0; i < options.kills; i++) {
    forgetTrainings(job);
    const victim = VICTIMS[i % VICTIMS.length]!;
    const ms = uniform() * undisturbed.ms;
    const workers = 1 + i % 2;
    await runTrainings(job, { kill: { victim, ms }, workers });
    const { resumed } = await finish(job, workers);
    const equal = isDeepStrictEqual(trainedDigests(job), whole);
    yield { victim, ms, workers, resumed, equal };
  }
}

/**
 * Trains with one epoch less and then with `epochs`, and compares with a
 * training that never stopped.
 */
export async function raisedRun(job: Job, epochs: number) {
  const withEpochs = (epochs: number): Job => {
    const train = { ...job.config["train"] as object, epochs };
    return { ...job, config: { ...job.config, train } };
  };
  forgetTrainings(job);
  await finish(withEpochs(epochs), 2);
  const whole = trainedDigests(job);
  forgetTrainings(job);
  await finish(withEpochs(epochs - 1), 2);
  const { resumed, output } = await finish(withEpochs(epochs), 2);
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
