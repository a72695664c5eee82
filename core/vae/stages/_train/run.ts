/**
 * What the `train` stage does.
 *
 * @module
 */

import { plural } from "../../../lib/count.ts";
import { createProgram } from "../../../engine/program/create.ts";
import { withoutSlots } from "../../../engine/program/program.ts";
import { deriveSeed } from "../../../engine/random.ts";
import { UserError } from "../../../lib/errors.ts";
import type { Training } from "../../model/artifacts.ts";
import { binarizationOf } from "../../model/binarize.ts";
import { marginalOf } from "../../model/marginal.ts";
import { requireNeeds } from "../../model/prior_needs.ts";
import { buildModel } from "../../model/model.ts";
import { epochsBeforeFall } from "../../model/schedule.ts";
import { trainingProgram } from "../../model/training_program.ts";
import type { Artifacts } from "../../../pipeline/artifacts.ts";
import type { TrainContext } from "../_context.ts";
import { hasStalled, requireValidation } from "./early_stopping.ts";
import { epochRecord, type Job, runEpoch, stepOf } from "./epoch.ts";
import { checkpointer } from "./pace.ts";
import { warnOfBinarization } from "./binarization_warning.ts";
import type { TrainOptions } from "./options.ts";
import { writeBeforeFall, writeEnd } from "./slots.ts";
import {
  keepBeforeFall,
  keepBest,
  NO_STEPS,
  startingState,
  type TrainState,
} from "./state.ts";
import { createValidation } from "./validation.ts";

/**
 * Trains `vae` on the training images; goes on from a checkpoint, or from a
 * training with fewer epochs, where there is one.
 */
export async function train(
  { dataset, vae }: Pick<Artifacts, "dataset" | "vae">,
  options: TrainOptions,
  context: TrainContext,
): Promise<Training> {
  requireValidation(options);
  const { images, count } = dataset.train;
  const trained = count - options.validation;
  if (trained < options.batchSize) {
    throw new UserError(
      `Cannot train on ${plural(count, "image")}: ${options.validation} ${
        options.validation === 1 ? "is" : "are"
      } held out for validation, which leaves ${
        Math.max(trained, 0)
      }, want at least one batch of ${options.batchSize}`,
      {
        hint:
          "Lower train.batchSize or train.validation, or raise load_mnist.trainLimit",
      },
    );
  }
  const size = vae.architecture.inputSize;
  const job: Job = {
    images: images.subarray(0, trained * size),
    held: images.subarray(trained * size),
    count: trained,
    stepsPerEpoch: Math.floor(trained / options.batchSize),
    vae,
    model: buildModel(context, vae.architecture.image),
    objective: context.objective.build(),
    options,
    context,
  };
  return await fit(job);
}

async function fit(job: Job): Promise<Training> {
  const { vae, options, context } = job;
  const { model, objective } = job;
  const { latentDim, prior } = context;
  const { inputSize } = vae.architecture;
  const size = { latentDim, inputSize };
  requireNeeds({
    objective: context.objective,
    builtObjective: objective,
    prior,
    builtPrior: model.prior,
    ...size,
  });
  const binarization = binarizationOf(
    model.likelihood.pixels,
    options.binarization,
  );
  warnOfBinarization(model.likelihood, { options, context });
  const state = await startingState(vae, context);
  const program = createProgram(
    trainingProgram({
      model,
      objective,
      marginal: marginalOf(model.prior, { ...prior, ...size }),
      latentDim,
      variables: state.variables,
      batchSize: options.batchSize,
      inputSize,
      binarization,
      adam: options.adam,
      clipNorm: options.clipNorm,
      seed: deriveSeed(context.seed, "noise"),
      images: job.images,
    }),
    { compile: options.compile },
  );
  if (
    program.execution.reason !== undefined && options.compile &&
    context.engine.name === "native"
  ) {
    context.warn(
      `Training runs step by step, not compiled: ${program.execution.reason}`,
    );
  }
  const validation = createValidation({
    held: job.held,
    model,
    binarization,
    vae,
    options,
    context,
  });
  const pace = checkpointer(
    context,
    () => ({ ...state, variables: program.variables() }),
  );
  tellStart(job, state);
  try {
    while (
      state.epochs.length < options.epochs &&
      !hasStalled(state, { patience: options.patience, ...objective })
    ) {
      if (state.current.steps === 0) keepBeforeFall(state, options);
      await runEpoch(job, { state, program, pace });
      state.variables = program.variables();
      const record = {
        ...epochRecord(job, state),
        ...validation?.measure(state.variables),
      };
      state.epochs.push(record);
      state.current = NO_STEPS;
      keepBest(state);
      context.log({ ...record });
    }
    await keepForLonger(job, state);
  } finally {
    program.dispose();
    validation?.dispose();
  }
  return {
    architecture: vae.architecture,
    weights: withoutSlots(state.variables),
    best: state.best,
    bestEpoch: state.bestEpoch,
    epochs: state.epochs,
    steps: state.epochs.at(-1)!.step,
    pixels: model.likelihood.pixels,
    binarization,
    execution: program.execution,
  };
}

/** What a training goes on from that falls later, where there is such a state: see continues.ts. */
async function keepForLonger(
  { options, context: { directory } }: Job,
  { epochs, variables, beforeFall }: TrainState,
): Promise<void> {
  if (beforeFall !== null) await writeBeforeFall(directory, beforeFall);
  else if (epochs.length <= epochsBeforeFall(options)) {
    await writeEnd(directory, variables);
  }
}

/** Where it goes on, if not at the beginning: a word, and the bar. */
function tellStart(job: Job, state: TrainState): void {
  const step = stepOf(job, state);
  if (step === 0) return;
  const steps = job.stepsPerEpoch * job.options.epochs;
  const { epochs, current } = state;
  const where = current.steps === 0
    ? `after epoch ${epochs.length}`
    : `in epoch ${epochs.length + 1}`;
  job.context.note(`goes on ${where}, after step ${step} of ${steps}`);
  job.context.progress(step, steps);
}
