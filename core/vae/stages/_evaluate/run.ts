/**
 * What the `evaluate` stage does.
 *
 * @module
 */

import { openModel, type TrainedModel } from "../../model/open_model.ts";
import type { Training } from "../../model/artifacts.ts";
import { fixedImages } from "../../model/fixed_images.ts";
import type { DenseModel } from "../../model/importance.ts";
import type { Model } from "../../model/model.ts";
import type { Artifacts } from "../../../pipeline/artifacts.ts";
import type { ModelContext } from "../_context.ts";
import { requireNumbers } from "../_finite.ts";
import type { EvaluateOptions } from "./options.ts";
import type { Evaluation } from "./evaluation.ts";
import { elboOnTestSet, type TestSet } from "./elbo.ts";
import { disagreement, improbability } from "./disagreement.ts";
import { estimateNll, type Nll, type NllState } from "./likelihood.ts";
import { checkpointer } from "../_train/pace.ts";

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

interface Job {
  readonly trained: TrainedModel;
  readonly training: Training;
  readonly options: EvaluateOptions;
  readonly context: ModelContext;
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
