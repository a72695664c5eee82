/** What shows how a run goes on. @module */

import type { PipelineEvent } from "../../pipeline/types.ts";

/** A display of a running pipeline. */
export interface ProgressDisplay {
  onEvent(event: PipelineEvent): void;
  /** A line that is to stay on the screen. */
  note(line: string): void;
  /** Clears what moves; the display takes no more events. */
  stop(): void;
}
