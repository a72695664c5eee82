/**
 * Learnt parameters of a prior among the weights of its model.
 *
 * @module
 */

import { deriveSeed, uniformStream } from "../../engine/random.ts";
import type { Tensors } from "../../engine/program/program.ts";
import type { Tensor2D } from "../../engine/tf.ts";
import { UserError } from "../../lib/errors.ts";
import type { Prior, PriorScope } from "../plugin/prior.ts";
import type { WeightArray, Weights } from "./artifacts.ts";
import { encode } from "./network.ts";

/** What precedes the names of learnt parameters among the weights. */
const PREFIX = "prior/";

/**
 * The learnt parameters before training, as weights `prior/<name>`: each from a
 * stream of its own, so that one more leaves the others as they are.
 *
 * @param name of the prior, for errors
 * @throws {UserError} where `initial` gives too many or too few numbers, or one
 * that is not finite.
 */
export function initialLearnt(
  { learnt = {} }: Prior,
  { name, seed }: { readonly name: string; readonly seed: number },
): Weights {
  const weights: Record<string, WeightArray> = {};
  for (const [parameter, { shape, initial }] of Object.entries(learnt)) {
    const path = PREFIX + parameter;
    const data = Float32Array.from(
      initial(uniformStream(deriveSeed(seed, path), 0)),
    );
    const size = shape.reduce((product, n) => product * n, 1);
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (data.length !== size || bad >= 0) {
      throw new UserError(
        `Cannot start prior "${name}": the initial values of its learnt parameter "${parameter}" are ${
          bad < 0 ? `${data.length} numbers` : `${data[bad]} at place ${bad}`
        }, want ${size} finite numbers for its shape [${shape.join(", ")}]`,
      );
    }
    weights[path] = { shape, data };
  }
  return weights;
}

/** What the functions of `prior` see of its model's weights. */
export function priorScope(prior: Prior, weights: Tensors): PriorScope {
  return {
    learnt: Object.fromEntries(
      Object.keys(prior.learnt ?? {}).map((name) =>
        [name, weights[PREFIX + name]!] as const
      ),
    ),
    encode: (images: Tensor2D) => encode(weights, prior.head, images),
  };
}
