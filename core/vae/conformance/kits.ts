/** The checks of every kind. @module */

import { UserError } from "../../lib/errors.ts";
import type { PluginKind } from "../plugin/kind.ts";
import type { Kit } from "./kit.ts";
import { likelihoodKit } from "./likelihoods/likelihood_kit.ts";
import { networkKit } from "./networks/kit.ts";
import { objectiveKit } from "./objectives/objective_kit.ts";
import { priorKit } from "./prior_kit.ts";

const KITS = [
  priorKit,
  networkKit,
  likelihoodKit,
  objectiveKit,
] as readonly unknown[] as readonly Kit[];

/**
 * The checks of a kind.
 *
 * @throws {UserError} where there are none.
 */
export function kitOf({ name, plural }: PluginKind): Kit {
  const kit = KITS.find(({ kind }) => kind.name === name);
  if (kit !== undefined) return kit;
  throw new UserError(
    `Cannot check a ${name}: there are no checks of ${plural}`,
  );
}
