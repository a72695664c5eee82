/**
 * A config as the pipeline reads it.
 *
 * @module
 */

import type { EngineChoice } from "../engine/engine.ts";
import type { PlanInput } from "../pipeline/types.ts";

/** A config, checked and complete: defaults filled in, strings resolved, frozen. */
export interface ResolvedConfig extends PlanInput {
  readonly engine: EngineChoice;
}

/** Folders of results, absolute. */
export type Places = Pick<
  ResolvedConfig,
  "outputDirectory" | "storeDirectory"
>;
