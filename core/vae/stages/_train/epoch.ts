/** One epoch of a training: its steps, and what is recorded of it. @module */

import type { Program } from "../../../engine/program/program.ts";
import { deriveSeed } from "../../../engine/random.ts";
import type { EpochRecord, Vae } from "../../model/artifacts.ts";
import { shuffledOrder } from "../../model/batches.ts";
import type { Model } from "../../model/model.ts";
import { learningRateAt } from "../../model/schedule.ts";
import type { Objective } from "../../plugin/objective.ts";
import type { TrainContext } from "../_context.ts";
import { diverged } from "./divergence.ts";
import type { TrainOptions } from "./options.ts";
import type { TrainState } from "./state.ts";

/** What is trained, on what, and how. */
export interface Job {
  /** Bytes of the images to train on, and of those held out. */
  readonly images: Uint8Array;
  readonly held: Uint8Array;
  readonly count: number;
  readonly stepsPerEpoch: number;
  readonly vae: Vae;
  readonly model: Model;
  readonly objective: Objective;
  readonly options: TrainOptions;
  readonly context: TrainContext;
}

/** Steps done. */
export function stepOf(
  { stepsPerEpoch }: Job,
  { epochs, current }: TrainState,
) {
  return epochs.length * stepsPerEpoch + current.steps;
}

/** Means over the epoch that has just been run. */
export function epochRecord(job: Job, state: TrainState): EpochRecord {
  const { loss, reconstruction, kl } = state.current;
  const step = stepOf(job, state);
  return {
    epoch: state.epochs.length + 1,
    step,
    loss: loss / job.stepsPerEpoch,
    reconstruction: reconstruction / job.stepsPerEpoch,
    kl: kl / job.stepsPerEpoch,
    ...ratesAt(job, step),
  };
}

/** A training under way. */
interface Fit {
  readonly state: TrainState;
  readonly program: Program;
  readonly pace: () => Promise<boolean>;
}

/** Runs what is left of the epoch under way. */
export async function runEpoch(
  job: Job,
  { state, program, pace }: Fit,
): Promise<void> {
  const { count, options, context, stepsPerEpoch } = job;
  const steps = stepsPerEpoch * options.epochs;
  const order = Int32Array.from(shuffledOrder(count, {
    seed: deriveSeed(context.seed, "shuffle"),
    epoch: state.epochs.length,
  }));
  while (state.current.steps < stepsPerEpoch) {
    const batch = state.current.steps;
    const step = stepOf(job, state) + 1;
    const pixels = order.subarray(
      batch * options.batchSize,
      (batch + 1) * options.batchSize,
    );
    const outputs = program.run({ pixels, step, ...ratesAt(job, step) });
    const [loss, reconstruction, kl] = ["loss", "reconstruction", "kl"]
      .map((name) => outputs[name]![0]!) as [number, number, number];
    if (!Number.isFinite(loss)) {
      const variables = program.variables();
      const byDensities = job.objective.needs?.includes("densities") === true;
      const terms = { step, reconstruction, kl, variables, byDensities };
      throw diverged(context, terms);
    }
    state.current = {
      steps: batch + 1,
      loss: state.current.loss + loss,
      reconstruction: state.current.reconstruction + reconstruction,
      kl: state.current.kl + kl,
    };
    if (await pace()) context.progress(step, steps, { loss });
  }
  const { loss } = state.current;
  context.progress(stepOf(job, state), steps, { loss: loss / stepsPerEpoch });
}

/** Learning rate and the objective's rates at a step, counted from 1. */
function ratesAt({ options, stepsPerEpoch, objective }: Job, step: number) {
  const steps = stepsPerEpoch * options.epochs;
  const rates = Object.entries(objective.rates ?? {}).map(([name, rate]) =>
    [name, rate({ step, stepsPerEpoch })] as const
  );
  return {
    learningRate: learningRateAt(options, { step, steps }),
    ...Object.fromEntries(rates),
  };
}
