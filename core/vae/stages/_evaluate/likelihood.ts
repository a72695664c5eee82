/** The importance-weighted likelihood of test images. @module */

import { createProgram } from "../../../engine/program/create.ts";
import { deriveSeed } from "../../../engine/random.ts";
import type { NllEstimate, Weights } from "../../model/artifacts.ts";
import { estimate } from "../../model/estimate.ts";
import {
  type DenseModel,
  importanceEstimate,
  logLikelihoodWith,
} from "../../model/importance.ts";
import {
  importanceRun,
  weightsOfBatches,
} from "../../model/importance_batches.ts";
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
  /** `log p(z) - log q(z|x)` of the draw that has the largest, nats. */
  readonly largestRatio: number;
}

/** The NLL with all draws and with one. */
export interface Nll {
  readonly nll: NllEstimate;
  /** Of each image, nats. */
  readonly values: Float64Array;
  readonly single: Float64Array;
  readonly largestRatio: number;
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
    largestRatio: -Infinity,
  };
  const { values, single, effective, variance, fewer } = begin;
  let { batches, largestRatio } = begin;
  const look = (ratios: Float32Array) => {
    largestRatio = ratios.reduce((a, b) => Math.max(a, b), largestRatio);
  };
  for (const { start, logWeights } of weightsFrom(batches, options, look)) {
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
    await onBatch(start + images, { ...begin, batches, largestRatio });
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
  return { nll, values, single, largestRatio };
}

/**
 * Log-weights `[B, K]` of one batch after the other, from batch `first` on;
 * `look` is shown the ratios of densities in them.
 */
function* weightsFrom(
  first: number,
  { model, variables, pixels, count, inputSize, samples, seed }: NllOptions,
  look: (ratios: Float32Array) => void,
): ReturnType<typeof weightsOfBatches> {
  const { batchSize, chunk } = importanceRun({ count, samples });
  const program = createProgram(importanceProgram({
    model,
    variables,
    batchSize,
    inputSize,
    samples: chunk,
    seed: deriveSeed(seed, "nll"),
  }));
  const run = (start: number, step: number) => {
    const end = start + batchSize;
    const batch = pixels.subarray(start * inputSize, end * inputSize);
    const { logWeights, logRatios } = program.run({ pixels: batch, step });
    look(Float32Array.from(logRatios!));
    return logWeights!;
  };
  try {
    yield* weightsOfBatches({ count, samples }, run, first);
  } finally {
    program.dispose();
  }
}
