/** What a training carries from step to step. @module */

import { withoutSlots } from "../../../engine/program/program.ts";
import type {
  EpochRecord,
  Training,
  Vae,
  Weights,
} from "../../model/artifacts.ts";
import { epochsBeforeFall } from "../../model/schedule.ts";
import type { ModelContext } from "../_context.ts";
import { type EpochState, readEpochState } from "./slots.ts";

/** All that a training needs to go on bit for bit. */
export interface TrainState {
  readonly epochs: EpochRecord[];
  /** Weights and Adam's slots, after the steps of `current`. */
  variables: Weights;
  best: Weights;
  bestEpoch: number;
  /** The epoch under way. */
  current: EpochSums;
  /** As it was before the learning rate fell; null before that, and where it never falls. */
  beforeFall: EpochState | null;
}

/** An epoch under way: its steps so far, and sums over them of the batches' means. */
export interface EpochSums {
  readonly steps: number;
  readonly loss: number;
  readonly reconstruction: number;
  readonly kl: number;
}

/** Before the first step of an epoch. */
export const NO_STEPS: EpochSums = {
  steps: 0,
  loss: 0,
  reconstruction: 0,
  kl: 0,
};

/**
 * The state of the last checkpoint, that which a training with fewer epochs
 * kept, or that before the first step.
 */
export async function startingState(
  vae: Vae,
  context: ModelContext,
): Promise<TrainState> {
  const saved = await context.checkpoint.load() as TrainState | null;
  if (saved !== null) return saved;
  const earlier = await context.earlier();
  if (earlier !== null) {
    const training = earlier.value["training"] as Training;
    const kept = await readEpochState(earlier.directory, training);
    const epochs = training.epochs.slice(0, kept.epochs);
    for (const record of epochs) context.log({ ...record });
    return { ...kept, epochs, current: NO_STEPS, beforeFall: null };
  }
  return {
    epochs: [],
    variables: vae.weights,
    best: vae.weights,
    bestEpoch: 0,
    current: NO_STEPS,
    beforeFall: null,
  };
}

/** Takes the last epoch's weights for the best, if it has the lowest loss. */
export function keepBest(state: TrainState): void {
  const score = ({ validation, loss }: EpochRecord) => validation ?? loss;
  const last = state.epochs.at(-1)!;
  const best = state.epochs[state.bestEpoch - 1];
  if (best === undefined || score(last) < score(best)) {
    state.best = withoutSlots(state.variables);
    state.bestEpoch = last.epoch;
  }
}

/** Keeps the state, if the learning rate falls from here on. */
export function keepBeforeFall(
  state: TrainState,
  options: Parameters<typeof epochsBeforeFall>[0],
): void {
  const { length } = state.epochs;
  if (length === 0 || length === options.epochs) return;
  if (length !== epochsBeforeFall(options)) return;
  const { variables, best, bestEpoch } = state;
  state.beforeFall = { epochs: length, variables, best, bestEpoch };
}
