/**
 * Whether what a plugin's `create` gave is a prior: what a compiler would have
 * checked, for plugins that met none.
 *
 * @module
 */

import { UserError } from "../errors.ts";
import type { LearntParameter, Prior } from "./prior.ts";

/** Paths, for they become names in the model's weights: `means`, `0/kernel`. */
const LEARNT_NAME = /^\w+(\/\w+)*$/;

/**
 * Checks the parts of a built prior.
 *
 * @throws {UserError} naming the plugin and the part.
 */
export function checkBuiltPrior(prior: Prior, name: string): Prior {
  const start = `Cannot use prior "${name}"`;
  for (
    const part of [
      "sample",
      "klDivergence",
      "posteriorMean",
      "priorSample",
    ] as const
  ) {
    if (typeof prior[part] !== "function") {
      throw new UserError(`${start}: "create" gives no function "${part}"`);
    }
  }
  const { divergence, learnt = {} } = prior;
  if (![undefined, "closed-form", "estimate"].includes(divergence)) {
    throw new UserError(
      `${start}: its divergence is ${
        JSON.stringify(divergence)
      }, want "closed-form" or "estimate"`,
    );
  }
  for (const [parameter, { shape }] of Object.entries(learnt)) {
    checkLearnt(parameter, { shape, start });
  }
  return prior;
}

function checkLearnt(
  parameter: string,
  { shape, start }: Pick<LearntParameter, "shape"> & { readonly start: string },
): void {
  if (!LEARNT_NAME.test(parameter)) {
    throw new UserError(
      `${start}: a learnt parameter is named ${
        JSON.stringify(parameter)
      }, want letters, digits and "_", parts joined by "/"`,
    );
  }
  const whole = Array.isArray(shape) &&
    shape.every((size) => Number.isInteger(size) && size > 0);
  if (whole) return;
  throw new UserError(
    `${start}: its learnt parameter "${parameter}" has the shape ${
      JSON.stringify(shape) ?? "undefined"
    }, want a list of whole numbers of at least 1`,
  );
}
