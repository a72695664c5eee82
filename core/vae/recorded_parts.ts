/**
 * What a trained model was made of, as it is written down: where its plugins
 * lie, and what their sources were.
 *
 * @module
 */

import type { SourceDigester } from "../pipeline/source/digest.ts";
import type { ModelParts } from "./model/model.ts";
import { modelParts } from "./model_parts.ts";
import { resolveModule } from "./plugin/entries.ts";
import { likelihoodKind } from "./likelihood_axis.ts";
import { networkKind } from "./network_axis.ts";
import { priorKind } from "./prior_axis.ts";

/** One plugin of a model. */
export interface RecordedPlugin {
  /** File URL. */
  readonly module: string;
  /** sha256 of its source with all that it imports, when the run was planned. */
  readonly digest: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** All that a model is built from. */
export interface RecordedParts {
  readonly prior: RecordedPlugin;
  readonly network: RecordedPlugin;
  readonly likelihood: RecordedPlugin;
  readonly latentDim: number;
}

/** The plugins whose sources are others than recorded: `prior` and the like. */
export async function changedParts(
  { prior, network, likelihood }: RecordedParts,
  digester: SourceDigester,
): Promise<readonly string[]> {
  const plugins = { prior, network, likelihood };
  const digests = await digester.digest(
    Object.values(plugins).map(({ module }) => module),
  );
  return Object.entries(plugins)
    .filter(([, { module, digest }]) => digests.get(module) !== digest)
    .map(([part]) => part);
}

/**
 * Loads the plugins, as their sources are now.
 *
 * @throws {UserError} naming module, plugin or option.
 */
export async function loadParts(
  { prior, network, likelihood, latentDim }: RecordedParts,
): Promise<ModelParts> {
  return modelParts({
    prior: await resolveModule(priorKind, prior.module, prior.options),
    network: await resolveModule(networkKind, network.module, network.options),
    likelihood: await resolveModule(
      likelihoodKind,
      likelihood.module,
      likelihood.options,
    ),
    latentDim,
  });
}
