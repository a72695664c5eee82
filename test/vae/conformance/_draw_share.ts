/**
 * How many draws the checks make in tests and proofs.
 *
 * @module
 */

import process from "node:process";

/**
 * Share of the draws that `vae-priors check` makes. The wrong priors are found
 * with it, too. `VAE_PRIORS_TEST_DRAWS=1` has all draws made.
 */
export const DRAW_SHARE: number = Number(
  process.env["VAE_PRIORS_TEST_DRAWS"] || 0.05,
);
