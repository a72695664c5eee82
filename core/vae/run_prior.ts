/**
 * A prior with the options of a run, ready to be built by a stage.
 *
 * @module
 */

import type { ResolvedPrior } from "./config.ts";
import { tryPrior } from "./conformance/trial.ts";
import { checkBuiltPrior } from "./plugin/check_built.ts";
import { guardPrior } from "./plugin/guard.ts";
import type { Prior, PriorDefinition } from "./plugin/prior.ts";

/** The prior of a run. */
export interface RunPrior extends ResolvedPrior {
  /** The run's latent dimension. */
  readonly latentDim: number;
  /**
   * Builds it for the run's latent dimension and for images of `inputSize`
   * pixels, which a stage reads off its data or its model.
   *
   * @throws {UserError} naming the prior, where what it gives is no prior.
   */
  build(inputSize: number): Prior;
}

/** What of a run its prior depends on besides. */
interface RunPriorOptions {
  readonly latentDim: number;
  /** Whether it is tried when it is built, on the engine that runs. Default false. */
  readonly trial?: boolean;
}

/** The prior as a stage gets it: held to its contract. */
export function runPrior(
  { definition, options, label }: ResolvedPrior,
  { latentDim, trial = false }: RunPriorOptions,
): RunPrior {
  const { name } = definition;
  const guarded: PriorDefinition = {
    ...definition,
    create: (options, context) =>
      guardPrior(checkBuiltPrior(definition.create(options, context), name), {
        name,
        latentDim: context.latentDim,
      }),
  };
  return {
    definition: guarded,
    options,
    label,
    latentDim,
    build: (inputSize) => {
      const prior = guarded.create(options, { latentDim, inputSize });
      const plugin = definition;
      if (trial) {
        tryPrior(prior, { plugin, guarded, options, latentDim, inputSize });
      }
      return prior;
    },
  };
}
