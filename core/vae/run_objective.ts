/**
 * An objective with the options of a run, ready to be built by a stage.
 *
 * @module
 */

import type { ResolvedObjective } from "./config.ts";
import { guardObjective } from "./plugin/guard_objective.ts";
import type { Objective } from "./plugin/objective.ts";

/** The objective of a run. */
export interface RunObjective extends ResolvedObjective {
  /**
   * Builds it.
   *
   * @throws {UserError} naming the objective, where what it gives is none.
   */
  build(): Objective;
}

/** The objective as a stage gets it: held to its contract. */
export function runObjective(plugin: ResolvedObjective): RunObjective {
  const { definition, options } = plugin;
  return {
    ...plugin,
    build: () => guardObjective(definition.create(options), definition.name),
  };
}
