/**
 * The likelihood that is checked, built for images of a few sizes.
 *
 * @module
 */

import { createRandom, uniformStream } from "../../../engine/random.ts";
import type { Random } from "../../../engine/random.ts";
import { deriveSeed } from "../../../engine/seed.ts";
import {
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
} from "../../../engine/tf.ts";
import { deepFreeze } from "../../../lib/freeze.ts";
import type { ResolvedLikelihood } from "../../plugin/likelihood.ts";
import type { Weights } from "../../model/artifacts.ts";
import { guardLikelihood } from "../../plugin/guard_likelihood.ts";
import type { Likelihood, PixelParameters } from "../../plugin/likelihood.ts";
import type { Learnt } from "../../plugin/learnt.ts";
import { learntValues, tensorsOf } from "../fixed_weights.ts";
import type { SubjectOptions } from "../subject_options.ts";

/** A likelihood under examination. */
export interface LikelihoodSubject
  extends Pick<ResolvedLikelihood, "definition" | "options"> {
  /** URL of the module that it was loaded from, where it is known. */
  readonly url: string | undefined;
  readonly seed: number;
  /** How many draws to make where `check` makes `full`. */
  draws(full: number): number;
  /**
   * The likelihood of images of `inputSize` values, held to its contract.
   *
   * @throws {UserError} where what `create` gives is none.
   */
  build(inputSize: number): PixelInstance;
}

/**
 * A likelihood of images of one size. Raw parameters are `[B, names * P]`: all
 * values of the first, then all of the second.
 */
export interface PixelInstance {
  readonly likelihood: Likelihood;
  readonly inputSize: number;
  /** Columns of raw parameters. */
  readonly units: number;
  /** Values of the learnt parameters, near to their start. */
  readonly learnt: Weights;
  random(stream: string, step?: number | Tensor): Random;
  /** `[B]` */
  logProb(raw: Tensor2D, images: Tensor2D, learnt?: Learnt): Tensor1D;
  /** `[B, K]`; undefined where the likelihood has none of its own. */
  readonly logProbOfDraws:
    | ((raw: Tensor2D, images: Tensor2D) => Tensor2D)
    | undefined;
  /** `[B, P]` */
  mean(raw: Tensor2D): Tensor2D;
  /** `[B, P]` */
  sample(raw: Tensor2D, random: Random): Tensor2D;
}

/** Prepares a likelihood to be checked. */
export function createLikelihoodSubject(
  { definition, options }: Pick<ResolvedLikelihood, "definition" | "options">,
  { url, seed = 0, drawShare = 1 }: SubjectOptions,
): LikelihoodSubject {
  return {
    definition,
    options,
    url,
    seed,
    draws: (full) => Math.ceil(full * drawShare),
    build: (inputSize) => {
      const { name } = definition;
      const likelihood = guardLikelihood(
        definition.create(deepFreeze(options), { inputSize }),
        { name, inputSize },
      );
      return instanceOf(likelihood, { name, inputSize, seed });
    },
  };
}

/** Raw parameters of every size, `count` rows of them: 0, all alike, and mixed. */
export function variedRaw(
  { units }: PixelInstance,
  { count, seed, largest = 4 }: {
    readonly count: number;
    readonly seed: number;
    readonly largest?: number;
  },
): number[][] {
  const uniform = uniformStream(deriveSeed(seed, "raw"), units);
  return Array.from({ length: count }, (_, row) => {
    const size = row === 0 ? 0 : largest * (row % 4 + 1) / 4;
    return Array.from({ length: units }, () => size * (2 * uniform() - 1));
  });
}

function instanceOf(
  likelihood: Likelihood,
  { name, inputSize, seed }: {
    readonly name: string;
    readonly inputSize: number;
    readonly seed: number;
  },
): PixelInstance {
  const { parameters: names, logProbOfDraws } = likelihood;
  const values = learntValues(likelihood, { owner: "likelihood", name, seed });
  const scope = (learnt?: Learnt) => ({ learnt: learnt ?? tensorsOf(values) });
  const split = (raw: Tensor2D): PixelParameters =>
    Object.fromEntries(names.map((one, i) =>
      [
        one,
        names.length === 1 ? raw : tf.slice(raw, [0, i * inputSize], [
          raw.shape[0],
          inputSize,
        ]),
      ] as const
    ));
  return {
    likelihood,
    inputSize,
    units: names.length * inputSize,
    learnt: values,
    random: (stream, step = 0) =>
      createRandom({ seed: deriveSeed(seed, stream), step }),
    logProb: (raw, images, learnt) =>
      likelihood.logProb(split(raw), images, scope(learnt)),
    logProbOfDraws: logProbOfDraws &&
      ((raw, images) => logProbOfDraws(split(raw), images, scope())),
    mean: (raw) => likelihood.mean(split(raw), scope()),
    sample: (raw, random) => likelihood.sample(split(raw), random, scope()),
  };
}
