/**
 * The KL by dimension, where a prior is one dimension many times over.
 *
 * @module
 */

import type { Random } from "../../engine/random.ts";
import { type Tensor2D, tf } from "../../engine/tf.ts";
import type { ResolvedPrior } from "../plugin/prior.ts";
import type { Posterior, Prior } from "../plugin/prior.ts";

/** What a prior was built from. */
export interface BuiltFrom
  extends Pick<ResolvedPrior, "definition" | "options"> {
  readonly latentDim: number;
  readonly inputSize: number;
}

/**
 * The prior built for one dimension, where `prior` has the shape of
 * `latentDim` of them side by side: as many times the units of each parameter,
 * as many times the width, and nothing learnt. Whether its parts are
 * independent, the sum of their KLs must tell. Null where the shapes differ
 * (simplex, sphere, full covariance), where the prior learns, or where the KL is
 * an estimate.
 */
export function marginalOf(prior: Prior, built: BuiltFrom): Prior | null {
  const { definition, options, latentDim, inputSize } = built;
  if (prior.divergence === "estimate" || hasLearnt(prior)) return null;
  if (latentDim === 1) return prior;
  let one: Prior;
  try {
    one = definition.create(options, { latentDim: 1, inputSize });
  } catch {
    // A prior that is none in one dimension has no marginals of its own kind.
    return null;
  }
  const width = (of: Prior, dims: number) => of.latentWidth ?? dims;
  const names = Object.keys(prior.head);
  const fits = width(prior, latentDim) === latentDim * width(one, 1) &&
    names.length === Object.keys(one.head).length &&
    names.every((name) =>
      prior.head[name]!.units === latentDim * (one.head[name]?.units ?? NaN)
    );
  return fits && !hasLearnt(one) ? one : null;
}

/**
 * KL of each dimension in nats, `[B, D]`, for `marginal` of {@link marginalOf}.
 *
 * @param posterior of the whole, each parameter `[B, D * units]`
 */
export function klByDimension(
  marginal: Prior,
  posterior: Posterior,
  { latentDim, random }: {
    readonly latentDim: number;
    readonly random: Random;
  },
): Tensor2D {
  const apart = Object.fromEntries(
    Object.entries(posterior).map(([name, parameter]) => {
      const [batch, units] = parameter.shape;
      return [
        name,
        tf.reshape(parameter, [batch * latentDim, units / latentDim]),
      ] as const;
    }),
  ) as Posterior;
  const kl = marginal.klDivergence(apart, {
    learnt: {},
    encode: () => apart,
    latent: marginal.sample(apart, random),
    random,
  });
  return tf.reshape(kl, [-1, latentDim]);
}

function hasLearnt({ learnt = {} }: Prior): boolean {
  return Object.keys(learnt).length > 0;
}
