/** The four priors of the comparison, by short names. @module */

import type { PriorReference } from "../../core/mod.ts";
import { beta, gamma, gaussian } from "../../plugins/mod.ts";

/** By name. */
export const SEED_PRIORS: Readonly<Record<string, () => PriorReference>> = {
  normal: () => gaussian({ mean: 0, variance: 1 }),
  gaussian12: () => gaussian({ mean: 1, variance: 2 }),
  beta11: () => beta({ alpha: 1, beta: 1 }),
  gamma32: () => gamma({ concentration: 3, rate: 2 }),
};
