/**
 * How a try at a stage ended, as data: of a worker process, and of a job in a
 * queue.
 *
 * @module
 */

import type { ArtifactAddress } from "../../store/store.ts";
import type { MadeStatus } from "../status.ts";
import { packError, type WireError } from "./wire_error.ts";

/** How a try at a stage ended. */
export type StageResult = MadeResult | LackingResult;

/** The last thing said of a try. */
export interface StageEnd {
  readonly type: "end";
  readonly result: StageResult;
}

/** The store has the artifact; `cached`: somebody else had made it by then. */
interface MadeResult {
  readonly status: MadeStatus;
  readonly ms: number;
  readonly warnings: readonly string[];
}

/** The store does not have it. */
export type LackingResult =
  | { readonly status: "failed"; readonly error: WireError }
  | { readonly status: "skipped"; readonly reason: string }
  | { readonly status: "interrupted" }
  | {
    /** An input was damaged, and is in quarantine: to be tried again when it is whole. */
    readonly status: "damaged";
    readonly address: ArtifactAddress;
    readonly problem: string;
  };

/** The end of a try that was told to stop. */
export const INTERRUPTED: StageEnd = {
  type: "end",
  result: { status: "interrupted" },
};

/** The end of a try that threw. */
export function failure(error: unknown): StageEnd {
  return { type: "end", result: { status: "failed", error: packError(error) } };
}

/** Why the store does not have it. */
export function reasonOf(result: LackingResult): string {
  switch (result.status) {
    case "failed":
      return result.error.message;
    case "skipped":
      return result.reason;
    case "interrupted":
      return "interrupted";
    case "damaged":
      return `its input of stage "${result.address.stage}" is damaged: ${result.problem}`;
  }
}
