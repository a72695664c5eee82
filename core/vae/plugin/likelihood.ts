/**
 * The likelihood contract: p(x|z) of a pixel given what the decoder makes of z.
 * `B` is the batch, `P` the number of values of an image (height times width
 * times channels).
 *
 * @module
 */

import type * as v from "valibot";
import type { Random } from "../../engine/random.ts";
import type { Tensor1D, Tensor2D } from "../../engine/tf.ts";
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
import type { Learnt, LearntParameter } from "./learnt.ts";
import type { IntervalSupport } from "./support.ts";

/**
 * Which pixels a likelihood is one of: `binary` 0 and 1, of which it gives the
 * mass; `unit` any number from 0 to 1, of which it gives a density; `bytes` the
 * 256 grey levels k / 255, of which it gives the mass. Figures of different
 * forms do not compare.
 */
export type PixelForm = "binary" | "unit" | "bytes";

/** Unconstrained parameters of p(x|z) by name, each `[B, P]`. */
export type PixelParameters = Readonly<Record<string, Tensor2D>>;

/** What the functions of a likelihood may use besides their arguments. */
export interface LikelihoodScope {
  /** Learnt parameters by name; empty where none are declared. */
  readonly learnt: Learnt;
}

/** p(x|z) of independent pixels. */
export interface Likelihood {
  readonly pixels: PixelForm;
  /**
   * Over which numbers a density of `unit` pixels integrates to 1: `real` where
   * it gives some of its mass to numbers that no pixel has, below 0 and above
   * 1. Default `unitInterval`.
   */
  readonly support?: IntervalSupport;
  /** Parameters of a pixel by name, as the decoder gives them: any real number. */
  readonly parameters: readonly string[];
  /**
   * log p(x|z) in nats, summed over the pixels: for `unit` the logarithm of a
   * density, which has no upper bound. Differentiable in the parameters.
   *
   * @param images `[B, P]`: 0 and 1, numbers from 0 to 1, or grey levels k / 255
   * in single precision
   * @returns `[B]`
   */
  logProb(
    parameters: PixelParameters,
    images: Tensor2D,
    scope: LikelihoodScope,
  ): Tensor1D;
  /**
   * The same for `K` rows of parameters in a row for each image, where that can
   * be had for less than with the images repeated; default so.
   *
   * @param parameters each `[B * K, P]`
   * @param images `[B, P]`
   * @returns `[B, K]`
   */
  logProbOfDraws?(
    parameters: PixelParameters,
    images: Tensor2D,
    scope: LikelihoodScope,
  ): Tensor2D;
  /** Mean of p(x|z), which is what pictures show. Returns `[B, P]` in [0, 1]. */
  mean(parameters: PixelParameters, scope: LikelihoodScope): Tensor2D;
  /** Draws x ~ p(x|z). Returns `[B, P]`, of the likelihood's own form, within its support. */
  sample(
    parameters: PixelParameters,
    random: Random,
    scope: LikelihoodScope,
  ): Tensor2D;
  /**
   * Parameters of p(x|z) that all pixels share and that train with the
   * networks: the model's weights hold them as `likelihood/<name>`.
   */
  readonly learnt?: Readonly<Record<string, LearntParameter>>;
}

/** What the core tells a likelihood when it is built. */
export interface LikelihoodContext {
  /** Values `P` of an image, 784 for MNIST. */
  readonly inputSize: number;
}

/** A likelihood as its author declares it. */
export interface LikelihoodSource<Schema extends OptionsSchema>
  extends PluginIdentity<Schema> {
  /** The likelihood for validated options. */
  create(
    options: v.InferOutput<Schema>,
    context: LikelihoodContext,
  ): Likelihood;
}

/** A likelihood as the core handles it. */
export type LikelihoodDefinition = PluginDefinition<
  LikelihoodContext,
  Likelihood
>;

/** A likelihood with its options, as it stands in a config: a pure value. */
export type LikelihoodReference = PluginReference<LikelihoodDefinition>;

/** A likelihood's plugin: calling it with options gives the value that a config lists. */
export type LikelihoodPlugin<Schema extends OptionsSchema = OptionsSchema> =
  Plugin<Schema, LikelihoodDefinition>;

/** A likelihood in a config. */
export type LikelihoodEntry = PluginEntry<LikelihoodDefinition>;

/** A likelihood with its options, checked. */
export type ResolvedLikelihood = ResolvedPlugin<LikelihoodDefinition>;

/** The likelihood of a trial, as a stage has it: held to its contract. */
export interface TrialLikelihood extends ResolvedLikelihood {
  /**
   * Builds it for images of `inputSize` values.
   *
   * @throws {UserError} naming the likelihood, where what it gives is none.
   */
  build(inputSize: number): Likelihood;
}

/** Declares a likelihood; the default export of a plugin's module. */
export function defineLikelihood<const Schema extends OptionsSchema>(
  source: LikelihoodSource<Schema>,
): LikelihoodPlugin<Schema> {
  return makePlugin("likelihood", source as unknown as LikelihoodDefinition);
}
