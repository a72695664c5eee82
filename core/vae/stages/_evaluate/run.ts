/**
 * What the `evaluate` stage does.
 *
 * @module
 */

import { openModel, type TrainedModel } from "../../model/open_model.ts";
import { createProgram } from "../../../engine/program/create.ts";
import type { Training } from "../../model/artifacts.ts";
import { batchStarts } from "../../model/batches.ts";
import { estimate } from "../../model/estimate.ts";
import { fixedImages } from "../../model/fixed_images.ts";
import type { DenseModel } from "../../model/importance.ts";
import type { Model } from "../../model/model.ts";
import { evaluationProgram } from "../../model/training_program.ts";
import type { Artifacts } from "../../../pipeline/artifacts.ts";
import type { ModelContext } from "../_context.ts";
import { requireNumbers, requireTerms } from "../_finite.ts";
import type { EvaluateOptions } from "./options.ts";
import type { Evaluation, ImageTerms } from "./evaluation.ts";
import { disagreement, improbability } from "./disagreement.ts";
import { estimateNll, type Nll, type NllState } from "./likelihood.ts";
import { checkpointer, pacer } from "../_train/pace.ts";

/** Measures a training on the test set. */
export async function evaluate(
  { dataset, training }: Pick<Artifacts, "dataset" | "training">,
  options: EvaluateOptions,
  context: ModelContext,
): Promise<Evaluation> {
  const images = fixedImages(dataset.test.images, {
    binarization: training.binarization,
    set: "test",
  });
  const total = dataset.test.count +
    Math.min(options.nllImages, dataset.test.count);
  const test: TestSet = { images, count: dataset.test.count, total };
  const { weights } = options;
  const trained = openModel(training, context, weights);
  const { prior } = trained.model;
  const job: Job = { trained, training, options, context };
  const { elbo, means, terms } = await elboOnTestSet(test, job);
  const missing: string[] = [];
  const likelihood = await likelihoodOnTestSet(test, { ...job, missing });
  const warning = likelihood &&
    (disagreement(likelihood.single, elbo) ??
      improbability(likelihood.largestRatio));
  if (warning) context.warn(warning);
  return {
    images: dataset.test.count,
    inputSize: training.architecture.inputSize,
    ...means,
    divergence: prior.divergence ?? "closed-form",
    nll: likelihood?.nll ?? null,
    missing,
    pixels: training.pixels,
    binarization: training.binarization,
    terms: { ...terms, nll: likelihood?.values ?? null },
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
  readonly trained: TrainedModel;
  readonly training: Training;
  readonly options: EvaluateOptions;
  readonly context: ModelContext;
}

async function elboOnTestSet(
  test: TestSet,
  { trained, training, context }: Job,
): Promise<{
  /** Of each image. */
  readonly elbo: Float64Array;
  readonly means: Pick<Evaluation, "elbo" | "reconstruction" | "kl">;
  readonly terms: Omit<ImageTerms, "nll">;
}> {
  const { inputSize } = training.architecture;
  const batchSize = Math.min(200, test.count);
  const program = createProgram(evaluationProgram({
    ...trained,
    batchSize,
    inputSize,
    binarization: "grey",
    seed: context.seed,
  }));
  // Single precision, as the program has them: no digit is lost.
  const reconstruction = new Float32Array(test.count);
  const kl = new Float32Array(test.count);
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
  requireTerms({ reconstruction, kl }, {
    images: "test images",
    context: { ...context, stage: "evaluate" },
  });
  const elbo = Float64Array.from(
    reconstruction,
    (value, i) => -value - kl[i]!,
  );
  return {
    elbo,
    means: {
      elbo: estimate(elbo),
      reconstruction: estimate(reconstruction),
      kl: estimate(kl),
    },
    terms: { reconstruction, kl },
  };
}

async function likelihoodOnTestSet(
  test: TestSet,
  { trained, training, options, context, missing }: Job & {
    readonly missing: string[];
  },
): Promise<Nll | null> {
  const count = Math.min(options.nllImages, test.count);
  if (count === 0) return null;
  if (isNoLikelihood(training)) {
    missing.push("NLL: grey pixels have no likelihood of binary ones");
    return null;
  }
  const { model, variables } = trained;
  if (!hasDensities(model)) {
    const { name } = context.prior.definition;
    missing.push(`NLL: prior "${name}" exports no densities`);
    return null;
  }
  let state = await context.checkpoint.load() as NllState | null;
  if (state !== null) {
    context.note(`goes on after batch ${state.batches} of the likelihood`);
  }
  const pace = checkpointer(context, () => state);
  const likelihood = await estimateNll({
    model,
    variables,
    pixels: test.images,
    count,
    inputSize: training.architecture.inputSize,
    samples: options.nllSamples,
    sweep: options.nllSweep,
    seed: context.seed,
    state,
    onBatch: async (done, reached) => {
      state = reached;
      if (await pace()) context.progress(test.count + done, test.total);
    },
  });
  requireNumbers(
    { "NLLs of test images by its densities": likelihood.values },
    { ...context, stage: "evaluate" },
  );
  return likelihood;
}

/** Intensities under a likelihood of binary pixels. */
function isNoLikelihood({ pixels, binarization }: Training): boolean {
  return pixels === "binary" && binarization === "grey";
}

function hasDensities(model: Model): model is DenseModel {
  return model.prior.densities !== undefined;
}
