/**
 * The prior contract: everything an author of a prior owes, on one screen.
 * `B` is the batch, `D` the latent dimension, `S` the width of a latent vector.
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
import type { Support } from "./support.ts";

/** One parameter of the approximate posterior q(z|x). */
export interface Parameter {
  /** Units of the dense layer that produces it. */
  readonly units: number;
  /** Maps raw units `[B, units]` into the parameter's support, same shape. */
  constrain(raw: Tensor2D): Tensor2D;
}

/** Parameters by name; the core builds one dense layer an entry. */
export type ParameterHead = Readonly<Record<string, Parameter>>;

/** Constrained parameters of q(z|x), each `[B, units]`. */
export type Posterior<H extends ParameterHead = ParameterHead> = {
  readonly [K in keyof H]: Tensor2D;
};

/** What the functions of a prior may use besides their arguments. */
export interface PriorScope<H extends ParameterHead = ParameterHead> {
  /** Learnt parameters by name; empty where none are declared. Differentiable in training. */
  readonly learnt: Learnt;
  /**
   * q(z|x) of `images` `[N, P]` in [0, 1]: the model's own encoder, each
   * parameter `[N, units]`. Differentiable in the images and in the encoder.
   */
  encode(images: Tensor2D): Posterior<H>;
}

/** What an estimate of the KL may use. */
export interface KlScope<H extends ParameterHead = ParameterHead>
  extends PriorScope<H> {
  /**
   * The draw z ~ q(z|x) `[B, S]` that the decoder sees, differentiable. A
   * one-sample estimate of the KL is log q(z|x) - log p(z) here.
   */
  readonly latent: Tensor2D;
  /** For more draws; they come after all others of the step. */
  readonly random: Random;
}

/**
 * Log-densities in nats; they buy the importance-weighted NLL, the Monte-Carlo
 * check of the KL and objectives that weigh draws, for which they are
 * differentiable in all that they are given. Where draws beyond single precision
 * are held at an end of the support, a density gives the logarithm of the mass
 * that is held there: both densities are then of the same measure, and their
 * ratio is that of the draws.
 */
export interface Densities<H extends ParameterHead = ParameterHead> {
  /** log q(z|x) of `latent` `[B, S]` under `posterior`. Returns `[B]`. */
  posterior(posterior: Posterior<H>, latent: Tensor2D): Tensor1D;
  /** log p(z) of `latent` `[B, S]`. Returns `[B]`. */
  prior(latent: Tensor2D, scope: PriorScope<H>): Tensor1D;
}

/**
 * A prior p(z), the posterior family matched to it, and their divergence. A
 * function that needs no `scope` leaves it out.
 */
export interface Prior<H extends ParameterHead = ParameterHead> {
  /** Where a latent vector lives. */
  readonly support: Support;
  /** Whether `sample` differentiates a transform of noise or a CDF. */
  readonly reparameterization: "explicit" | "implicit";
  /** Width `S` of a latent vector, when it is not `latentDim`. */
  readonly latentWidth?: number;
  readonly head: H;
  /** Draws z ~ q(z|x). Returns `[B, S]`, differentiable in `posterior`. */
  sample(posterior: Posterior<H>, random: Random): Tensor2D;
  /**
   * How `klDivergence` comes about; default `"closed-form"`: exact, or a
   * quadrature as good as exact, and at least 0. `"estimate"`: unbiased, from
   * one draw or several, and possibly below 0 for a single image.
   */
  readonly divergence?: "closed-form" | "estimate";
  /** KL(q(z|x) || p(z)) in nats, or its estimate. Returns `[B]`. */
  klDivergence(posterior: Posterior<H>, scope: KlScope<H>): Tensor1D;
  /** Mean of q(z|x), for reconstructions and for embeddings. Returns `[B, S]`. */
  posteriorMean(posterior: Posterior<H>): Tensor2D;
  /** Draws `count` latents from p(z). Returns `[count, S]`. */
  priorSample(count: number, random: Random, scope: PriorScope<H>): Tensor2D;
  /** Without them the model still trains, and the report says that it has no NLL. */
  readonly densities?: Densities<H>;
  /**
   * Parameters of p(z) that train with the networks, by the same optimiser: the
   * model's weights hold them as `prior/<name>`. Each must have a part in
   * `klDivergence`, or nothing would ever move it.
   */
  readonly learnt?: Readonly<Record<string, LearntParameter>>;
}

/** What the core tells a prior when it is built. */
export interface PriorContext {
  /** The latent dimension `D` that the run asks for. */
  readonly latentDim: number;
  /** Pixels `P` of an image, 784 for MNIST. */
  readonly inputSize: number;
}

/** A prior as its author declares it. */
export interface PriorSource<
  Schema extends OptionsSchema,
  H extends ParameterHead,
> extends PluginIdentity<Schema> {
  /** The posterior's parameters, for validated options. */
  head(options: v.InferOutput<Schema>, context: PriorContext): H;
  /** Everything else; the parameters arrive under the names that `head` gives. */
  create(
    options: v.InferOutput<Schema>,
    context: PriorContext,
  ): Omit<Prior<H>, "head">;
}

/** A prior as the core handles it: parameter names forgotten. */
export type PriorDefinition = PluginDefinition<PriorContext, Prior>;

/** A prior with its options, as it stands in a config: a pure value. */
export type PriorReference = PluginReference<PriorDefinition>;

/** A prior's plugin: calling it with options gives the value that a config lists. */
export type PriorPlugin<Schema extends OptionsSchema = OptionsSchema> = Plugin<
  Schema,
  PriorDefinition
>;

/** A prior in a config. */
export type PriorEntry = PluginEntry<PriorDefinition>;

/** A prior with its options, checked. */
export type ResolvedPrior = ResolvedPlugin<PriorDefinition>;

/** The prior of a trial, as a stage has it: held to its contract. */
export interface TrialPrior extends ResolvedPrior {
  /** The trial's latent dimension. */
  readonly latentDim: number;
  /**
   * Builds it for the trial's latent dimension and for images of `inputSize`
   * pixels, which a stage reads off its data or its model.
   *
   * @throws {UserError} naming the prior, where what it gives is no prior.
   */
  build(inputSize: number): Prior;
}

/**
 * Declares a prior; the default export of a plugin's module.
 *
 * `head` fixes the parameter names that `sample`, `klDivergence` and
 * `densities` receive.
 */
export function definePrior<
  const Schema extends OptionsSchema,
  H extends ParameterHead,
>(source: PriorSource<Schema, H>): PriorPlugin<Schema> {
  const { head, create, ...identity } = source as unknown as PriorSource<
    OptionsSchema,
    ParameterHead
  >;
  const definition: PriorDefinition = {
    ...identity,
    create: (options, context) => ({
      ...create(options, context),
      head: head(options, context),
    }),
  };
  return makePlugin("prior", definition);
}
