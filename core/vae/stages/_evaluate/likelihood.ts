/** The importance-weighted likelihood of test images. @module */

import { createProgram } from "../../../engine/program/create.ts";
import { deriveSeed } from "../../../engine/random.ts";
import type { NllEstimate, Weights } from "../../model/artifacts.ts";
import { batchStarts } from "../../model/batches.ts";
import { estimate } from "../../model/estimate.ts";
import {
  type DenseModel,
  importanceEstimate,
  logLikelihoodWith,
} from "../../model/importance.ts";
import { importanceProgram } from "../../model/importance_program.ts";

/** What {@link estimateNll} needs. */
export interface NllOptions {
  readonly model: DenseModel;
  readonly variables: Weights;
  /** Bytes as the likelihood has them, `[count, inputSize]`. */
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly inputSize: number;
  /** Draws for each image, `K`. */
  readonly samples: number;
  /** Fewer draws, of which the figures are wanted, too; those of K and more are not looked at. */
  readonly sweep: readonly number[];
  readonly seed: number;
  /** Where an earlier attempt was; begins anew without. */
  readonly state?: NllState | null;
  /** Told how many images are done after each batch, and all that is known by then. */
  readonly onBatch: (done: number, state: NllState) => Promise<void>;
}

/** Figures of the images of the first `batches`; those of the others are 0. */
export interface NllState {
  readonly batches: number;
  /** Nats. */
  readonly values: Float64Array;
  /** With the first draw alone. */
  readonly single: Float64Array;
  readonly effective: Float64Array;
  readonly variance: Float64Array;
  /** `values` with fewer draws, for each number of the sweep. */
  readonly fewer: readonly Float64Array[];
}

/** Draws of one run of the program, over all its images: bounds its memory. */
const ROWS = 1000;

/** The NLL with all draws and with one. */
export interface Nll {
  readonly nll: NllEstimate;
  /** Of each image, nats. */
  readonly values: Float64Array;
  readonly single: Float64Array;
}

/** The NLL of each image, and what is known of it. */
export async function estimateNll(options: NllOptions): Promise<Nll> {
  const { count, samples, onBatch } = options;
  const sweep = [...new Set(options.sweep)].filter((fewer) => fewer < samples)
    .sort((a, b) => a - b);
  const begin = options.state ?? {
    batches: 0,
    values: new Float64Array(count),
    single: new Float64Array(count),
    effective: new Float64Array(count),
    variance: new Float64Array(count),
    fewer: sweep.map(() => new Float64Array(count)),
  };
  const { values, single, effective, variance, fewer } = begin;
  let { batches } = begin;
  for (const { start, logWeights } of weightsOfBatches(options, batches)) {
    const images = logWeights.length / samples;
    for (let i = 0; i < images; i++) {
      const image = start + i;
      const weights = logWeights.subarray(i * samples, (i + 1) * samples);
      const one = importanceEstimate(weights);
      values[image] = -one.logLikelihood;
      single[image] = -weights[0]!;
      effective[image] = one.effectiveSampleSize;
      variance[image] = one.standardError ** 2;
      sweep.forEach((draws, i) =>
        fewer[i]![image] = -logLikelihoodWith(draws, weights)
      );
    }
    batches++;
    await onBatch(start + images, { ...begin, batches });
  }
  const whole = estimate(values);
  const nll: NllEstimate = {
    ...whole,
    samples,
    images: count,
    effectiveSampleSize: estimate(effective).mean,
    samplingError: Math.sqrt(variance.reduce((sum, v) => sum + v, 0)) / count,
    sweep: [
      ...sweep.map((draws, i) => ({ samples: draws, ...estimate(fewer[i]!) })),
      { samples, ...whole },
    ],
  };
  return { nll, values, single };
}

/**
 * Log-weights `[B, K]` of one batch after the other, from batch `first` on, in
 * an array that the next batch fills anew.
 */
function* weightsOfBatches(
  { model, variables, pixels, count, inputSize, samples, seed }: NllOptions,
  first: number,
): Generator<{ readonly start: number; readonly logWeights: Float64Array }> {
  const chunk = Math.ceil(samples / Math.ceil(samples / ROWS));
  const batchSize = Math.min(count, Math.max(1, Math.floor(ROWS / chunk)));
  const program = createProgram(importanceProgram({
    model,
    variables,
    batchSize,
    inputSize,
    samples: chunk,
    seed: deriveSeed(seed, "nll"),
  }));
  const logWeights = new Float64Array(batchSize * samples);
  try {
    for (const start of batchStarts(count, batchSize).slice(first)) {
      const batch = pixels.subarray(
        start * inputSize,
        (start + batchSize) * inputSize,
      );
      for (let done = 0; done < samples; done += chunk) {
        const step = (start * samples + done) | 0;
        const part = program.run({ pixels: batch, step })["logWeights"]!;
        // The last chunk may draw more than is wanted.
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
  } finally {
    program.dispose();
  }
}
