/**
 * When a training has nothing more to gain (Prechelt 1998, "Early stopping -
 * but when?"): the best epoch lies `patience` epochs back.
 *
 * @module
 */

import { plural } from "../../../lib/count.ts";
import { UserError } from "../../../lib/errors.ts";
import type { Objective } from "../../plugin/objective.ts";
import type { TrainOptions } from "./options.ts";
import type { TrainState } from "./state.ts";

/**
 * Whether `patience` epochs have passed since the best one. No epoch of the
 * objective's warm-up counts: until it is over, the loss that falls is another one than the
 * one that is looked at.
 */
export function hasStalled(
  { epochs, bestEpoch }: Pick<TrainState, "epochs" | "bestEpoch">,
  { patience, warmupEpochs = 0 }:
    & Pick<TrainOptions, "patience">
    & Pick<Objective, "warmupEpochs">,
): boolean {
  if (patience === null) return false;
  return epochs.length - Math.max(bestEpoch, Math.ceil(warmupEpochs)) >=
    patience;
}

/** @throws {UserError} where `patience` waits for a validation that never is. */
export function requireValidation(
  { patience, validation }: Pick<TrainOptions, "patience" | "validation">,
): void {
  if (patience === null || validation > 0) return;
  throw new UserError(
    `Cannot stop early after ${
      plural(patience, "epoch")
    } (train.patience): no images are held out, train.validation is 0`,
    { hint: "Set train.validation, for MNIST to 10000" },
  );
}
