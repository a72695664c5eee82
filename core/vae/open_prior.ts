/**
 * A prior with the options of a trial, ready to be built by a stage.
 *
 * @module
 */

import { tryPrior } from "./conformance/trial.ts";
import { checkBuiltPrior } from "./plugin/check_built.ts";
import { guardPrior } from "./plugin/guard.ts";
import type {
  PriorDefinition,
  ResolvedPrior,
  TrialPrior,
} from "./plugin/prior.ts";

/** What of a trial its prior depends on besides. */
interface OpenPriorOptions {
  readonly latentDim: number;
  /** Whether it is tried when it is built, on the engine that runs. Default false. */
  readonly isTried?: boolean;
}

/** The prior as a stage has it: held to its contract. */
export function openPrior(
  { definition, options, label }: ResolvedPrior,
  { latentDim, isTried = false }: OpenPriorOptions,
): TrialPrior {
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
      if (isTried) {
        tryPrior(prior, { plugin, guarded, options, latentDim, inputSize });
      }
      return prior;
    },
  };
}
