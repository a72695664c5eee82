/**
 * A likelihood with the options of a run, ready to be built by a stage.
 *
 * @module
 */

import type { ResolvedLikelihood } from "./config.ts";
import { guardLikelihood } from "./plugin/guard_likelihood.ts";
import type { Likelihood } from "./plugin/likelihood.ts";

/** The likelihood of a run. */
export interface RunLikelihood extends ResolvedLikelihood {
  /**
   * Builds it for images of `inputSize` values.
   *
   * @throws {UserError} naming the likelihood, where what it gives is none.
   */
  build(inputSize: number): Likelihood;
}

/** The likelihood as a stage gets it: held to its contract. */
export function runLikelihood(plugin: ResolvedLikelihood): RunLikelihood {
  const { definition, options } = plugin;
  return {
    ...plugin,
    build: (inputSize) =>
      guardLikelihood(definition.create(options, { inputSize }), {
        name: definition.name,
        inputSize,
      }),
  };
}
