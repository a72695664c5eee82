/**
 * What the `evaluate` stage does.
 *
 * @module
 */

import { createProgram } from "../engine/program/create.ts";
import { deriveSeed, uniformStream } from "../engine/random.ts";
import { RunError } from "../errors.ts";
import type { Evaluation, Training } from "../model/artifacts.ts";
import { estimate } from "../model/estimate.ts";
import { importanceEstimate } from "../model/importance.ts";
import { importanceProgram } from "../model/importance_program.ts";
import { evaluationProgram } from "../model/training_program.ts";
import type { Artifacts } from "../pipeline/artifacts.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Densities, Prior } from "../plugin/prior.ts";
import type { EvaluateOptions } from "./_evaluate_options.ts";
import { pacer } from "./_pace.ts";

/** The test set is made binary once and for all: the same for every run and seed. */
const BINARIZATION_SEED = 20_141_031;

/** Measures a training on the test set. */
export async function evaluate(
  { dataset, training }: Pick<Artifacts, "dataset" | "training">,
  options: EvaluateOptions,
  context: StageContext,
): Promise<Evaluation> {
  const images = fixedTestImages(dataset.test.images, training.binarization);
  const total = dataset.test.count +
    Math.min(options.nllImages, dataset.test.count);
  const test: TestSet = { images, count: dataset.test.count, total };
  const prior = context.prior.build(training.architecture.inputSize);
  const job: Job = { prior, training, options, context };
  const terms = await elboOnTestSet(test, job);
  const missing: string[] = [];
  const nll = await likelihoodOnTestSet(test, { ...job, missing });
  return {
    images: dataset.test.count,
    ...terms,
    divergence: prior.divergence ?? "closed-form",
    nll,
    missing,
    binarization: training.binarization,
  };
}

interface TestSet {
  /** Bytes, binary or grey. */
  readonly images: Uint8Array;
  readonly count: number;
  /** Images to be looked at in all, for the progress. */
  readonly total: number;
}

interface Job {
  readonly prior: Prior;
  readonly training: Training;
  readonly options: EvaluateOptions;
  readonly context: StageContext;
}

function fixedTestImages(
  pixels: Uint8Array,
  mode: Training["binarization"],
): Uint8Array {
  if (mode === "grey") return pixels;
  const uniform = uniformStream(BINARIZATION_SEED, 0);
  return pixels.map((pixel) =>
    (mode === "threshold" ? pixel > 127.5 : uniform() * 255 < pixel) ? 255 : 0
  );
}

async function elboOnTestSet(
  test: TestSet,
  { prior, training, options, context }: Job,
): Promise<Pick<Evaluation, "elbo" | "reconstruction" | "kl">> {
  const { inputSize } = training.architecture;
  const batchSize = Math.min(200, test.count);
  const program = createProgram(evaluationProgram({
    prior,
    variables: chosenWeights(training, options),
    batchSize,
    inputSize,
    binarization: "grey",
    seed: context.seed,
  }));
  const reconstruction = new Float64Array(test.count);
  const kl = new Float64Array(test.count);
  const pace = pacer(context.signal);
  try {
    for (const start of batchStarts(test.count, batchSize)) {
      const pixels = test.images.subarray(
        start * inputSize,
        (start + batchSize) * inputSize,
      );
      const terms = program.run({ pixels, step: start });
      reconstruction.set(terms["reconstruction"]!, start);
      kl.set(terms["kl"]!, start);
      if (await pace()) context.progress(start + batchSize, test.total);
    }
  } finally {
    program.dispose();
  }
  const elbo = reconstruction.map((value, i) => -value - kl[i]!);
  requireFinite(elbo, context);
  return {
    elbo: estimate(elbo),
    reconstruction: estimate(reconstruction),
    kl: estimate(kl),
  };
}

/** Draws of one run of the NLL's program, over all its images: bounds its memory. */
const ROWS = 1000;

async function likelihoodOnTestSet(
  test: TestSet,
  { prior, training, options, context, missing }: Job & {
    readonly missing: string[];
  },
): Promise<Evaluation["nll"]> {
  const { definition } = context.prior;
  const { nllSamples: samples } = options;
  const images = Math.min(options.nllImages, test.count);
  if (images === 0) return null;
  if (training.binarization === "grey") {
    missing.push("NLL: grey pixels have no likelihood");
    return null;
  }
  if (!hasDensities(prior)) {
    missing.push(`NLL: prior "${definition.name}" exports no densities`);
    return null;
  }
  const { inputSize } = training.architecture;
  const chunk = largestDivisor(samples, ROWS);
  const batchSize = Math.min(images, Math.max(1, Math.floor(ROWS / chunk)));
  const program = createProgram(importanceProgram({
    prior,
    variables: chosenWeights(training, options),
    batchSize,
    inputSize,
    samples: chunk,
    seed: deriveSeed(context.seed, "nll"),
  }));
  const nll = new Float64Array(images);
  const effective = new Float64Array(images);
  const pace = pacer(context.signal);
  try {
    for (const start of batchStarts(images, batchSize)) {
      const pixels = test.images.subarray(
        start * inputSize,
        (start + batchSize) * inputSize,
      );
      const logWeights = new Float64Array(batchSize * samples);
      for (let done = 0; done < samples; done += chunk) {
        const step = (start * samples + done) | 0;
        const part = program.run({ pixels, step })["logWeights"]!;
        for (let i = 0; i < batchSize; i++) {
          logWeights.set(
            part.subarray(i * chunk, (i + 1) * chunk),
            i * samples + done,
          );
        }
      }
      for (let i = 0; i < batchSize; i++) {
        const one = importanceEstimate(
          logWeights.subarray(i * samples, (i + 1) * samples),
        );
        nll[start + i] = -one.logLikelihood;
        effective[start + i] = one.effectiveSampleSize;
      }
      if (await pace()) {
        context.progress(test.count + start + batchSize, test.total);
      }
    }
  } finally {
    program.dispose();
  }
  requireFinite(nll, context);
  return {
    ...estimate(nll),
    samples,
    images,
    effectiveSampleSize: estimate(effective).mean,
  };
}

function hasDensities(
  prior: Prior,
): prior is Prior & { readonly densities: Densities } {
  return prior.densities !== undefined;
}

function chosenWeights(training: Training, { weights }: EvaluateOptions) {
  return weights === "best" ? training.best : training.weights;
}

/** Starts of whole batches; the last one overlaps where the count does not divide. */
function batchStarts(count: number, batchSize: number): number[] {
  const starts: number[] = [];
  for (let start = 0; start < count; start += batchSize) {
    starts.push(Math.min(start, count - batchSize));
  }
  return starts;
}

function largestDivisor(n: number, limit: number): number {
  for (let divisor = Math.min(n, limit); divisor > 1; divisor--) {
    if (n % divisor === 0) return divisor;
  }
  return 1;
}

function requireFinite(
  values: Float64Array,
  { prior: { label } }: StageContext,
): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    throw new RunError(
      `Cannot evaluate ${label}: test image ${index} gives ${
        values[index]
      }, want a finite number of nats`,
    );
  }
}
