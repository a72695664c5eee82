/** Likelihoods that have one thing wrong each. @module */

import { WRONG_CALLS } from "./_wrong_calls.ts";
import { WRONG_DENSITIES } from "./_wrong_densities.ts";
import { WRONG_DRAWS } from "./_wrong_draws.ts";
import type { Wrong } from "./_wrong_likelihood.ts";

/** All of them. */
export const WRONG: readonly Wrong[] = [
  ...WRONG_CALLS,
  ...WRONG_DENSITIES,
  ...WRONG_DRAWS,
];
