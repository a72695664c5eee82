/** The importance-weighted likelihood of test images. @module */

import { createProgram } from "../engine/program/create.ts";
import { deriveSeed } from "../engine/random.ts";
import type { NllEstimate, Weights } from "../model/artifacts.ts";
import { batchStarts } from "../model/batches.ts";
import { estimate } from "../model/estimate.ts";
import {
  type DensePrior,
  importanceEstimate,
  logLikelihoodWith,
} from "../model/importance.ts";
import { importanceProgram } from "../model/importance_program.ts";

/** What {@link estimateNll} needs. */
export interface NllOptions {
  readonly prior: DensePrior;
  readonly variables: Weights;
  /** Bytes 0 and 255, `[count, inputSize]`. */
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly inputSize: number;
  /** Draws for each image, `K`. */
  readonly samples: number;
  /** Fewer draws, of which the figures are wanted, too; those of K and more are not looked at. */
  readonly sweep: readonly number[];
  readonly seed: number;
  /** Told how many images are done. */
  readonly onImages: (done: number) => Promise<void>;
}

/** Draws of one run of the program, over all its images: bounds its memory. */
const ROWS = 1000;

/** The NLL of each image in nats, and what is known of it. */
export async function estimateNll(
  options: NllOptions,
): Promise<{ readonly nll: NllEstimate; readonly values: Float64Array }> {
  const { count, samples, onImages } = options;
  const sweep = [...new Set(options.sweep)].filter((fewer) => fewer < samples)
    .sort((a, b) => a - b);
  const values = new Float64Array(count);
  const effective = new Float64Array(count);
  const variance = new Float64Array(count);
  const fewer = sweep.map(() => new Float64Array(count));
  for await (const { image, logWeights } of weightsOfImages(options)) {
    const one = importanceEstimate(logWeights);
    values[image] = -one.logLikelihood;
    effective[image] = one.effectiveSampleSize;
    variance[image] = one.standardError ** 2;
    sweep.forEach((draws, i) =>
      fewer[i]![image] = -logLikelihoodWith(draws, logWeights)
    );
    await onImages(image + 1);
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
  return { nll, values };
}

/** Log-weights `[K]` of one image after the other. */
async function* weightsOfImages(
  { prior, variables, pixels, count, inputSize, samples, seed }: NllOptions,
): AsyncGenerator<
  { readonly image: number; readonly logWeights: Float64Array }
> {
  const chunk = Math.ceil(samples / Math.ceil(samples / ROWS));
  const batchSize = Math.min(count, Math.max(1, Math.floor(ROWS / chunk)));
  const program = createProgram(importanceProgram({
    prior,
    variables,
    batchSize,
    inputSize,
    samples: chunk,
    seed: deriveSeed(seed, "nll"),
  }));
  const logWeights = new Float64Array(batchSize * samples);
  try {
    for (const start of batchStarts(count, batchSize)) {
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
      for (let i = 0; i < batchSize; i++) {
        yield {
          image: start + i,
          logWeights: logWeights.subarray(i * samples, (i + 1) * samples),
        };
      }
    }
  } finally {
    program.dispose();
  }
}
