/**
 * What the process that watches and those that run say to each other.
 *
 * @module
 */

import type { Marks } from "../../load/marks.mjs";
import type { Flags } from "../command.ts";

/** What a round is to run. */
export interface Order {
  readonly flags: Flags;
  /** The command line that it belongs to, for records and messages. */
  readonly argv: readonly string[];
  /** Whether it says why stages run: it follows an edit. */
  readonly saysWhy: boolean;
}

/** What it plans, and which files that depends on. */
export interface Planned {
  /** Changes with all that a run does; null where there is no plan: why has been said. */
  readonly plan: string | null;
  readonly files: Marks;
}

/** What a round is told: to run what it has planned, or to stop at checkpoints. */
export type ToRound =
  | { readonly type: "go" }
  | { readonly type: "stop"; readonly why: string };
