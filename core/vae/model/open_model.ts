/**
 * A trained model as programs take it.
 *
 * @module
 */

import type { Training, Weights } from "./artifacts.ts";
import { buildModel, type Model, type ModelParts } from "./model.ts";

/** A trained model. */
export interface TrainedModel {
  readonly model: Model;
  readonly variables: Weights;
}

/**
 * The model of a training, built for images of its shape from the plugins that
 * it was trained with.
 *
 * @param which the weights of the best epoch, or of the last
 * @throws {UserError} naming the plugin that gives something else than its
 * contract says.
 */
export function openModel(
  { architecture, best, weights: last }: Training,
  parts: ModelParts,
  which: "best" | "last",
): TrainedModel {
  return {
    model: buildModel(parts, architecture.image),
    variables: which === "best" ? best : last,
  };
}
