/**
 * Learnt parameters of a prior or a likelihood among the weights of their model.
 *
 * @module
 */

import { deriveSeed, uniformStream } from "../../engine/random.ts";
import type { Tensors } from "../../engine/program/program.ts";
import type { Learnt, LearntParameter } from "../plugin/learnt.ts";
import type { Weights } from "./artifacts.ts";
import { initialValues } from "./initial_values.ts";

/** Whose they are: what precedes their names among the weights. */
type Owner = "prior" | "likelihood";

type Parameters = Readonly<Record<string, LearntParameter>>;

/**
 * The learnt parameters before training, as weights `prior/<name>`: each from a
 * stream of its own, so that one more leaves the others as they are.
 *
 * @param name of the plugin, for errors
 * @throws {UserError} where `initial` gives too many or too few numbers, or one
 * that is not finite.
 */
export function initialLearnt(
  owner: Owner,
  learnt: Parameters = {},
  { name, seed }: { readonly name: string; readonly seed: number },
): Weights {
  return Object.fromEntries(
    Object.entries(learnt).map(([parameter, declared]) => {
      const path = `${owner}/${parameter}`;
      const uniform = uniformStream(deriveSeed(seed, path), 0);
      return [
        path,
        initialValues(declared, uniform, {
          owner: `${owner} "${name}"`,
          what: `its learnt parameter "${parameter}"`,
        }),
      ];
    }),
  );
}

/** The learnt parameters of one of the two, by name. */
export function learntOf(
  owner: Owner,
  learnt: Parameters = {},
  weights: Tensors,
): Learnt {
  return Object.fromEntries(
    Object.keys(learnt).map((name) =>
      [name, weights[`${owner}/${name}`]!] as const
    ),
  );
}
