/** What a training carries from step to step. @module */

import { withoutSlots } from "../../../engine/program/program.ts";
import type {
  EpochRecord,
  Training,
  Vae,
  Weights,
} from "../../model/artifacts.ts";
import type { ModelContext } from "../_context.ts";
import { readSlots } from "./slots.ts";

/** All that a training needs to go on bit for bit. */
export interface TrainState {
  readonly epochs: EpochRecord[];
  /** Weights and Adam's slots, after the steps of `current`. */
  variables: Weights;
  best: Weights;
  bestEpoch: number;
  /** The epoch under way. */
  current: EpochSums;
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
 * The state of the last checkpoint, that at the end of a training with fewer
 * epochs, or that before the first step.
 */
export async function startingState(
  vae: Vae,
  context: ModelContext,
): Promise<TrainState> {
  const saved = await context.checkpoint.load() as TrainState | null;
  if (saved !== null) return saved;
  const earlier = await context.earlier();
  if (earlier !== null) {
    const { epochs, weights, best, bestEpoch } = earlier.value[
      "training"
    ] as Training;
    for (const record of epochs) context.log({ ...record });
    const slots = await readSlots(earlier.directory);
    return {
      epochs: [...epochs],
      variables: { ...weights, ...slots },
      best,
      bestEpoch,
      current: NO_STEPS,
    };
  }
  return {
    epochs: [],
    variables: vae.weights,
    best: vae.weights,
    bestEpoch: 0,
    current: NO_STEPS,
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
