/**
 * The conformance kit as tests for vitest: `vae-priors/testing`.
 *
 * @module
 */

import {
  likelihoodKit,
  networkKit,
  objectiveKit,
  priorKit,
} from "./vae/conformance/mod.ts";
import {
  type CheckSettings,
  registerChecks,
} from "./vae/conformance/register_checks.ts";
import type { LikelihoodPlugin } from "./vae/plugin/likelihood.ts";
import type { NetworkPlugin } from "./vae/plugin/network.ts";
import type { ObjectivePlugin } from "./vae/plugin/objective.ts";
import type { PriorPlugin } from "./vae/plugin/prior.ts";

/** Options of {@link testPrior}. */
export interface TestPriorOptions extends CheckSettings {
  /**
   * Share of the draws that `vae-priors check` makes, above 0 and up to 1: with
   * fewer a check is quicker and finds less, but is as rarely wrong. Default 1.
   */
  readonly drawShare?: number;
}

/**
 * Registers the checks of `vae-priors check` as tests, one `it` each. What
 * cannot be asked of the prior is skipped, with the reason.
 *
 * `describe` and `it` are vitest's; where they are not given, they are imported
 * from it.
 *
 * @throws {UserError} where the prior has no such options, or there is no such
 * share.
 *
 * @example
 * ```ts
 * import { describe, it } from "vitest";
 * import { testPrior } from "vae-priors/testing";
 * import myPrior from "./my_prior.ts";
 *
 * await testPrior(myPrior, { describe, it, options: { scale: 0.5 } });
 * ```
 */
export async function testPrior(
  { definition }: Pick<PriorPlugin, "definition">,
  settings: TestPriorOptions = {},
): Promise<void> {
  await registerChecks(priorKit, definition, settings);
}

/**
 * The same for a network.
 *
 * @throws {UserError} where the network has no such options.
 *
 * @example
 * ```ts
 * import { describe, it } from "vitest";
 * import { testNetwork } from "vae-priors/testing";
 * import myNetwork from "./my_network.ts";
 *
 * await testNetwork(myNetwork, { describe, it, options: { width: 64 } });
 * ```
 */
export async function testNetwork(
  { definition }: Pick<NetworkPlugin, "definition">,
  settings: CheckSettings = {},
): Promise<void> {
  await registerChecks(networkKit, definition, settings);
}

/**
 * The same for an objective.
 *
 * @throws {UserError} where the objective has no such options.
 *
 * @example
 * ```ts
 * import { describe, it } from "vitest";
 * import { testObjective } from "vae-priors/testing";
 * import myObjective from "./my_objective.ts";
 *
 * await testObjective(myObjective, { describe, it, options: { samples: 10 } });
 * ```
 */
export async function testObjective(
  { definition }: Pick<ObjectivePlugin, "definition">,
  settings: CheckSettings = {},
): Promise<void> {
  await registerChecks(objectiveKit, definition, settings);
}

/**
 * The same for a likelihood.
 *
 * @throws {UserError} where the likelihood has no such options, or there is no
 * such share.
 *
 * @example
 * ```ts
 * import { describe, it } from "vitest";
 * import { testLikelihood } from "vae-priors/testing";
 * import myLikelihood from "./my_likelihood.ts";
 *
 * await testLikelihood(myLikelihood, { describe, it });
 * ```
 */
export async function testLikelihood(
  { definition }: Pick<LikelihoodPlugin, "definition">,
  settings: TestPriorOptions = {},
): Promise<void> {
  await registerChecks(likelihoodKit, definition, settings);
}
