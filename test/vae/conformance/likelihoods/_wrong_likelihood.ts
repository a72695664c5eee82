/** A likelihood with one thing wrong. @module */

import type { LikelihoodPlugin } from "../../../../core/mod.ts";

/** What is wrong, the check that is for this, and what it says. */
export interface Wrong {
  readonly name: string;
  readonly check: string;
  readonly says: RegExp;
  make(): LikelihoodPlugin;
}
