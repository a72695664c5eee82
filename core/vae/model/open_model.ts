/**
 * A trained model as programs take it.
 *
 * @module
 */

import type { Prior } from "../plugin/prior.ts";
import type { Training, Weights } from "./artifacts.ts";

/** A trained model. */
export interface TrainedModel {
  readonly prior: Prior;
  readonly variables: Weights;
}

/** What {@link openModel} is told. */
export interface OpenModelOptions {
  /** The prior that it was trained with. */
  readonly prior: { build(inputSize: number): Prior };
  /** Those of the best epoch, or of the last. */
  readonly weights: "best" | "last";
}

/**
 * The model of a training, with its prior built for images of its size.
 *
 * @throws {UserError} naming the prior, where what it gives is no prior.
 */
export function openModel(
  { architecture, best, weights: last }: Training,
  { prior, weights }: OpenModelOptions,
): TrainedModel {
  return {
    prior: prior.build(architecture.inputSize),
    variables: weights === "best" ? best : last,
  };
}
