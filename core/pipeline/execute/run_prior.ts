/**
 * A prior with the options of a run, ready to be built by a stage.
 *
 * @module
 */

import { checkBuiltPrior } from "../../plugin/check_built.ts";
import type { PriorDefinition } from "../../plugin/prior.ts";
import type { RunPrior } from "../stage.ts";

/** What of a run its prior depends on. */
export interface RunPriorOptions {
  /** Validated options of the prior. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly label: string;
  readonly latentDim: number;
}

/** The prior `definition` as a stage gets it. */
export function runPrior(
  definition: PriorDefinition,
  { options, label, latentDim }: RunPriorOptions,
): RunPrior {
  return {
    definition,
    options,
    label,
    build: (inputSize) =>
      checkBuiltPrior(
        definition.create(options, { latentDim, inputSize }),
        definition.name,
      ),
  };
}
