/** Which draws an estimate of log p(x) takes in which run of its program. @module */

import { batchStarts } from "./batches.ts";

/** Draws of one run of the program, over all its images: bounds its memory. */
const ROWS = 1000;

/** How many images and draws there are. */
export interface ImportanceTotal {
  readonly count: number;
  /** Draws for each image, `K`. */
  readonly samples: number;
}

/** What one run of the program computes. */
export interface ImportanceRun {
  /** Images, `B`. */
  readonly batchSize: number;
  /** Draws for each, `C`: all of them, or a part. */
  readonly chunk: number;
}

/** The runs that {@link weightsOfBatches} takes, all of one size. */
export function importanceRun(
  { count, samples }: ImportanceTotal,
): ImportanceRun {
  const chunk = Math.ceil(samples / Math.ceil(samples / ROWS));
  const batchSize = Math.min(count, Math.max(1, Math.floor(ROWS / chunk)));
  return { batchSize, chunk };
}

/**
 * Log-weights `[B, K]` of one batch after the other, from batch `first` on, in
 * an array that the next batch fills anew.
 *
 * `run` gives those of one run, `[B, C]`, for the `B` images from `start` on;
 * `step` says which draws of the program's stream it takes.
 */
export function* weightsOfBatches(
  total: ImportanceTotal,
  run: (start: number, step: number) => ArrayLike<number>,
  first = 0,
): Generator<{ readonly start: number; readonly logWeights: Float64Array }> {
  const { count, samples } = total;
  const { batchSize, chunk } = importanceRun(total);
  const logWeights = new Float64Array(batchSize * samples);
  for (const start of batchStarts(count, batchSize).slice(first)) {
    for (let done = 0; done < samples; done += chunk) {
      const part = Float64Array.from(run(start, (start * samples + done) | 0));
      // The last run may draw more than is wanted.
      const wanted = Math.min(chunk, samples - done);
      for (let i = 0; i < batchSize; i++) {
        logWeights.set(
          part.subarray(i * chunk, i * chunk + wanted),
          i * samples + done,
        );
      }
    }
    yield { start, logWeights };
  }
}
