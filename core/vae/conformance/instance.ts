/**
 * A prior built for one latent dimension, with all that its functions are given
 * in a model: parameters from raw head outputs, learnt ones near to their
 * start, and a small encoder of fixed weights.
 *
 * @module
 */

import { createRandom, deriveSeed } from "../../engine/random.ts";
import type { Random } from "../../engine/random.ts";
import {
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
} from "../../engine/tf.ts";
import type { Weights } from "../model/artifacts.ts";
import { checkBuiltPrior } from "../plugin/check_built.ts";
import type { Learnt } from "../plugin/learnt.ts";
import type {
  Posterior,
  Prior,
  PriorDefinition,
  PriorScope,
} from "../plugin/prior.ts";
import { encoderWeights, learntValues, tensorsOf } from "./fixed_weights.ts";
import { densityOfOne } from "./one_row.ts";

/** Pixels of the images that the kit's encoder takes, where none are given. */
const INPUT_SIZE = 12;

/** A prior of one latent dimension; raw head outputs are `[B, units]`, all parameters side by side. */
export interface Instance {
  readonly prior: Prior;
  readonly latentDim: number;
  /** Width `S` of a latent vector. */
  readonly width: number;
  /** Units of all parameters together. */
  readonly units: number;
  /**
   * Values of the learnt parameters, by name without a prefix: near to their
   * start, but not there, where much of a prior may still be switched off.
   */
  readonly learnt: Weights;
  /** How many draws to make where `check` makes `full`, and the limits follow from the draws. */
  draws(full: number): number;
  /**
   * A stream of draws of its own; another `step`, other draws: a number, or a
   * scalar where the draws are compiled.
   */
  random(stream: string, step?: number | Tensor): Random;
  posterior(raw: Tensor2D): Posterior;
  /** `[B, S]` */
  sample(raw: Tensor2D, random: Random): Tensor2D;
  /** `[B]`; draws z from `random`, as the model does, where the KL asks for it. */
  kl(raw: Tensor2D, random: Random, learnt?: Learnt): Tensor1D;
  /** `[B, S]` */
  mean(raw: Tensor2D): Tensor2D;
  /** `[count, S]` */
  priorSample(count: number, random: Random): Tensor2D;
  /** Log-densities `[B]`; undefined where the prior has none. */
  readonly densities: InstanceDensities | undefined;
}

/** The densities of an {@link Instance}. */
interface InstanceDensities {
  posterior(raw: Tensor2D, latent: Tensor2D): Tensor1D;
  /** The same of one posterior, at many latents. */
  posteriorAt(row: readonly number[], latent: Tensor2D): Tensor1D;
  prior(latent: Tensor2D, learnt?: Learnt): Tensor1D;
}

/** Options of {@link createInstance}. */
export interface InstanceOptions {
  readonly options: Readonly<Record<string, unknown>>;
  readonly latentDim: number;
  /** Pixels of an image; default {@link INPUT_SIZE}. */
  readonly inputSize?: number;
  readonly seed: number;
  /** Share of the draws that are made, above 0. Default 1. */
  readonly drawShare?: number | undefined;
}

/**
 * Builds it.
 *
 * @throws {UserError} where what `create` gives is no prior; and whatever
 * `head` and `create` throw.
 */
export function createInstance(
  definition: PriorDefinition,
  {
    options,
    latentDim,
    inputSize = INPUT_SIZE,
    seed,
    drawShare = 1,
  }: InstanceOptions,
): Instance {
  const { name } = definition;
  const prior = checkBuiltPrior(
    definition.create(options, { latentDim, inputSize }),
    name,
  );
  const values = learntValues(prior, { name, seed });
  const units = Object.values(prior.head)
    .reduce((sum, parameter) => sum + parameter.units, 0);
  const posterior = (raw: Tensor2D) => posteriorOf(prior, raw);
  let encoder: Float32Array | undefined;
  const scope = (learnt?: Learnt): PriorScope => ({
    learnt: learnt ?? tensorsOf(values),
    encode: (images) => {
      encoder ??= encoderWeights(
        [inputSize, units],
        deriveSeed(seed, "encoder"),
      );
      const kernel = tf.tensor2d(encoder, [inputSize, units]);
      return posterior(tf.matMul(images, kernel));
    },
  });
  const { densities } = prior;
  return {
    prior,
    latentDim,
    width: prior.latentWidth ?? latentDim,
    units,
    learnt: values,
    draws: (full) => Math.ceil(full * drawShare),
    random: (stream, step = 0) =>
      createRandom({ seed: deriveSeed(seed, stream), step }),
    posterior,
    sample: (raw, random) => prior.sample(posterior(raw), random),
    kl: (raw, random, learnt) => {
      const q = posterior(raw);
      let drawn: Tensor2D | undefined;
      return prior.klDivergence(q, {
        ...scope(learnt),
        // A closed form has no use for it.
        get latent() {
          return drawn ??= prior.sample(q, random);
        },
        random,
      });
    },
    mean: (raw) => prior.posteriorMean(posterior(raw)),
    priorSample: (count, random) => prior.priorSample(count, random, scope()),
    densities: densities && {
      posterior: (raw, latent) => densities.posterior(posterior(raw), latent),
      posteriorAt: densityOfOne((raw, latent) =>
        densities.posterior(posterior(raw), latent)
      ),
      prior: (latent, learnt) => densities.prior(latent, scope(learnt)),
    },
  };
}

function posteriorOf(prior: Prior, raw: Tensor2D): Posterior {
  let start = 0;
  return Object.fromEntries(
    Object.entries(prior.head).map(([name, { units, constrain }]) => {
      const part = tf.slice(raw, [0, start], [-1, units]);
      start += units;
      return [name, constrain(part)] as const;
    }),
  );
}
