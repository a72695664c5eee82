/**
 * A change that a person makes between two runs, with what has to run again for
 * it, and what is said of it.
 *
 * @module
 */

import type { ChangesProject, PlanOptions } from "./project.ts";

/** A change, and what is expected of it. */
export interface ChangeCase {
  readonly what: string;
  /** An engine that need not be here: nothing runs, and the store is made to look as if it had. */
  readonly before?: PlanOptions & { readonly cpu?: string };
  readonly apply?: (project: ChangesProject) => void;
  /** How the run is asked for. */
  readonly asked?: PlanOptions;
  /** Stages that run again, with how many of the runs; none: `nothing`. */
  readonly reruns: string;
  /** What `why` says, each thing once. */
  readonly why: readonly string[];
}

/** Stages that may have to run again. */
export const ALL = "numbers, scale 3 of 3, measure 3 of 3";
export const ALL_PRIORS = "scale 3 of 3, measure 3 of 3";
export const TOYS = "scale 2 of 3, measure 2 of 3";
export const ONE = "scale 1 of 3, measure 1 of 3";
export const MEASURE = "measure 3 of 3";
export const NOTHING = { reruns: "nothing", why: [] };
