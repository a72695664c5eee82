/**
 * A config of variational autoencoders.
 *
 * @module
 */

import {
  normaliseConfig as normalise,
  type NormaliseOptions,
} from "../config/normalise.ts";
import type { ResolvedConfig } from "../config/types.ts";
import type { Stage } from "../pipeline/stage.ts";
import { defaultStages } from "./stages/mod.ts";
import { choices } from "./axes.ts";
import { keepDataset } from "./array_dataset.ts";
import { checkPairings } from "./pairings.ts";

/** Options of {@link normaliseConfig}. */
export interface VaeOptions extends NormaliseOptions {
  /** Stages that are there without being asked for; default those of the core. */
  readonly defaultStages?: readonly Stage[];
}

/**
 * Checks `config`, fills in its defaults and loads what its strings name.
 *
 * @throws {UserError} naming the key, what was found and what is wanted; or
 * plugins that do not go together.
 *
 * @example
 * ```ts
 * import { normaliseConfig } from "./normalise.ts";
 *
 * const config = await normaliseConfig({ priors: ["./my_prior.ts"] });
 * console.log(config.axes.map(({ axis }) => axis.name));
 * ```
 */
export async function normaliseConfig(
  config: unknown,
  options: VaeOptions = {},
): Promise<ResolvedConfig> {
  const system = {
    choices,
    defaultStages: options.defaultStages ?? defaultStages,
  };
  const laid = await keepDataset(config);
  const normalised = await normalise(laid, system, options);
  checkPairings(normalised);
  return normalised;
}
