/** What a training carries from epoch to epoch. @module */

import { withoutSlots } from "../engine/program/program.ts";
import type { EpochRecord, Vae, Weights } from "../model/artifacts.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { loadCheckpoint } from "./_checkpoint.ts";

/** All that a training needs to go on bit for bit. */
export interface TrainState {
  readonly epochs: EpochRecord[];
  /** Weights and Adam's slots. */
  variables: Weights;
  best: Weights;
  bestEpoch: number;
}

/** The state of the last checkpoint, or the one before the first epoch. */
export async function startingState(
  vae: Vae,
  context: StageContext,
): Promise<TrainState> {
  const saved = await loadCheckpoint(context.checkpointDirectory) as
    | TrainState
    | null;
  if (saved === null) {
    return {
      epochs: [],
      variables: vae.weights,
      best: vae.weights,
      bestEpoch: 0,
    };
  }
  context.warn(
    `Training of ${context.prior.label} goes on after epoch ${saved.epochs.length}`,
  );
  return saved;
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
