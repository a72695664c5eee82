/**
 * The objective contract: what a step of the training makes smaller. `B` is the
 * batch, `K` the number of draws for each image, `S` the width of a latent
 * vector.
 *
 * @module
 */

import type * as v from "valibot";
import type { Random } from "../../engine/random.ts";
import type { Scalar, Tensor1D, Tensor2D } from "../../engine/tf.ts";
import type { OptionsSchema } from "../../pipeline/stage.ts";
import {
  makePlugin,
  type Plugin,
  type PluginDefinition,
  type PluginEntry,
  type PluginIdentity,
  type PluginReference,
  type ResolvedPlugin,
} from "./kind.ts";
import type { Posterior } from "./prior.ts";

/** The model under training at one batch of images; all is in nats, and differentiable. */
export interface ObjectiveModel {
  /** q(z|x) of the batch, each parameter `[B, units]`. */
  readonly posterior: Posterior;
  /** Noise of the step. */
  readonly random: Random;
  /** Draws z ~ q(z|x), `samples` in a row for each row of the posterior. Returns `[B * samples, S]`. */
  sample(posterior: Posterior, samples?: number): Tensor2D;
  /** log p(x|z) at draws `[B * K, S]`, `K` in a row for each image. Returns `[B, K]`. */
  logLikelihood(latent: Tensor2D): Tensor2D;
  /**
   * KL(q(z|x) || p(z)) as the prior has it.
   *
   * @param latent the draw that a one-sample estimate is taken at, `[B, S]`
   * @returns `[B]`
   */
  klDivergence(posterior: Posterior, latent: Tensor2D): Tensor1D;
  /**
   * The KL of each latent dimension, `[B, D]`; only for objectives that need
   * `dimensions`.
   */
  klByDimension(posterior: Posterior): Tensor2D;
  /** log p(z) at draws `[B * K, S]`; only for objectives that need `densities`. Returns `[B, K]`. */
  logPrior(latent: Tensor2D): Tensor2D;
  /** log q(z|x) at draws `[B * K, S]`; only for objectives that need `densities`. Returns `[B, K]`. */
  logPosterior(posterior: Posterior, latent: Tensor2D): Tensor2D;
}

/** What a step is about. */
export interface ObjectiveTerms {
  /** What training makes smaller: a mean over the batch. */
  readonly loss: Scalar;
  /** `-log p(x|z)`, averaged over the draws of each image, `[B]`: for the curves. */
  readonly reconstruction: Tensor1D;
  /** KL(q(z|x) || p(z)) or an estimate of it, `[B]`: for the curves. */
  readonly kl: Tensor1D;
}

/** A step of the training, counted from 1. */
export interface StepPosition {
  readonly step: number;
  readonly stepsPerEpoch: number;
}

/**
 * What not every prior has: `densities`, that of p(z) and that of q(z|x), which
 * `logPrior` and `logPosterior` take; `dimensions` that are independent, each
 * with a KL in closed form, which `klByDimension` takes.
 */
export type PriorNeed = "densities" | "dimensions";

/** What training makes smaller. */
export interface Objective {
  /**
   * What it asks of a prior. A plan that gives it one without ends in an error
   * before any work. Default nothing.
   */
  readonly needs?: readonly PriorNeed[];
  /**
   * Whether `-loss`, after all warm-up, is on average at least the ELBO and at
   * most log p(x): `check` holds it to that. Default false.
   */
  readonly isBound?: boolean;
  /** Numbers by name that change from step to step, fed to it and kept with the curves. */
  readonly rates?: Readonly<Record<string, (at: StepPosition) => number>>;
  /** Epochs after which the rates stay as they are: early stopping waits for them. Default 0. */
  readonly warmupEpochs?: number;
  /**
   * Loss and terms of a batch.
   *
   * @param rates those declared, at this step
   */
  terms(
    model: ObjectiveModel,
    rates: Readonly<Record<string, Scalar>>,
  ): ObjectiveTerms;
}

/** An objective as its author declares it. */
export interface ObjectiveSource<Schema extends OptionsSchema>
  extends PluginIdentity<Schema> {
  /** The objective for validated options. */
  create(options: v.InferOutput<Schema>): Objective;
}

/** An objective as the core handles it. */
export type ObjectiveDefinition = PluginDefinition<void, Objective>;

/** An objective with its options, as it stands in a config: a pure value. */
export type ObjectiveReference = PluginReference<ObjectiveDefinition>;

/** An objective's plugin: calling it with options gives the value that a config lists. */
export type ObjectivePlugin<Schema extends OptionsSchema = OptionsSchema> =
  Plugin<Schema, ObjectiveDefinition>;

/** An objective in a config. */
export type ObjectiveEntry = PluginEntry<ObjectiveDefinition>;

/** An objective with its options, checked. */
export type ResolvedObjective = ResolvedPlugin<ObjectiveDefinition>;

/** The objective of a trial, as a stage has it: held to its contract. */
export interface TrialObjective extends ResolvedObjective {
  /**
   * Builds it.
   *
   * @throws {UserError} naming the objective, where what it gives is none.
   */
  build(): Objective;
}

/** Declares an objective; the default export of a plugin's module. */
export function defineObjective<const Schema extends OptionsSchema>(
  source: ObjectiveSource<Schema>,
): ObjectivePlugin<Schema> {
  return makePlugin("objective", source as unknown as ObjectiveDefinition);
}
