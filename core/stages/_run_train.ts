/**
 * What the `train` stage does.
 *
 * @module
 */

import { createProgram } from "../engine/program/create.ts";
import { type Program, withoutSlots } from "../engine/program/program.ts";
import { deriveSeed } from "../engine/random.ts";
import { UserError } from "../errors.ts";
import type { EpochRecord, Training, Vae } from "../model/artifacts.ts";
import { batchReader, shuffledOrder } from "../model/batches.ts";
import { klWeightAt, learningRateAt } from "../model/schedule.ts";
import { trainingProgram } from "../model/training_program.ts";
import type { Artifacts } from "../pipeline/artifacts.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { saveCheckpoint } from "./_checkpoint.ts";
import { diverged } from "./_divergence.ts";
import { pacer } from "./_pace.ts";
import { keepBest, startingState } from "./_train_state.ts";
import type { TrainOptions } from "./_train_options.ts";
import { createValidation } from "./_validation.ts";

/** Trains `vae` on the training images; goes on from a checkpoint where there is one. */
export async function train(
  { dataset, vae }: Pick<Artifacts, "dataset" | "vae">,
  options: TrainOptions,
  context: StageContext,
): Promise<Training> {
  const { images, count } = dataset.train;
  const trained = count - options.validation;
  if (trained < options.batchSize) {
    throw new UserError(
      `Cannot train on ${count} images: ${options.validation} are held out for validation, which leaves ${
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
    vae,
    options,
    context,
  };
  return await fit(job);
}

interface Job {
  /** Bytes of the images to train on, and of those held out. */
  readonly images: Uint8Array;
  readonly held: Uint8Array;
  readonly count: number;
  readonly vae: Vae;
  readonly options: TrainOptions;
  readonly context: StageContext;
}

async function fit(job: Job): Promise<Training> {
  const { vae, options, context } = job;
  const prior = context.prior.build(vae.architecture.inputSize);
  const state = await startingState(vae, context);
  const stepsPerEpoch = Math.floor(job.count / options.batchSize);
  const program = createProgram(
    trainingProgram({
      prior,
      variables: state.variables,
      batchSize: options.batchSize,
      inputSize: vae.architecture.inputSize,
      binarization: options.binarization,
      adam: options.adam,
      clipNorm: options.clipNorm,
      seed: deriveSeed(context.seed, "noise"),
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
    prior,
    vae,
    options,
    context,
  });
  try {
    for (let epoch = state.epochs.length; epoch < options.epochs; epoch++) {
      const record = await runEpoch(job, program, { epoch, stepsPerEpoch });
      state.variables = program.variables();
      const complete = { ...record, ...validation?.measure(state.variables) };
      state.epochs.push(complete);
      context.log({ ...complete });
      keepBest(state);
      await saveCheckpoint(context.checkpointDirectory, state);
    }
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
    steps: stepsPerEpoch * options.epochs,
    binarization: options.binarization,
    execution: program.execution,
  };
}

async function runEpoch(
  { images, count, vae, options, context }: Job,
  program: Program,
  position: { readonly epoch: number; readonly stepsPerEpoch: number },
): Promise<EpochRecord> {
  const { epoch, stepsPerEpoch } = position;
  const steps = stepsPerEpoch * options.epochs;
  const warmupSteps = Math.round(options.klWarmupEpochs * stepsPerEpoch);
  const order = shuffledOrder(count, {
    seed: deriveSeed(context.seed, "shuffle"),
    epoch,
  });
  const sums = { loss: 0, reconstruction: 0, kl: 0 };
  const read = batchReader(images, {
    size: vae.architecture.inputSize,
    rows: options.batchSize,
  });
  let step = epoch * stepsPerEpoch;
  let learningRate = 0;
  let klWeight = 0;
  const pace = pacer(context.signal);
  for (let batch = 0; batch < stepsPerEpoch; batch++) {
    step++;
    learningRate = learningRateAt(options, { step, steps });
    klWeight = klWeightAt({ klWeight: options.klWeight, warmupSteps }, step);
    const indices = order.subarray(
      batch * options.batchSize,
      (batch + 1) * options.batchSize,
    );
    const pixels = read(indices);
    const { loss, reconstruction, kl } = program.run({
      pixels,
      step,
      klWeight,
      learningRate,
    });
    if (!Number.isFinite(loss![0])) {
      throw diverged(context, {
        step,
        reconstruction: reconstruction![0]!,
        kl: kl![0]!,
        variables: program.variables(),
      });
    }
    sums.loss += loss![0]!;
    sums.reconstruction += reconstruction![0]!;
    sums.kl += kl![0]!;
    if (await pace()) context.progress(step, steps, { loss: loss![0]! });
  }
  context.progress(step, steps, { loss: sums.loss / stepsPerEpoch });
  return {
    epoch: epoch + 1,
    step,
    loss: sums.loss / stepsPerEpoch,
    reconstruction: sums.reconstruction / stepsPerEpoch,
    kl: sums.kl / stepsPerEpoch,
    learningRate,
    klWeight,
  };
}
