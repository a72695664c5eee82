/**
 * What is shown while the pipeline runs: bars on a terminal, else lines.
 *
 * @module
 */

import type { PipelineEvent } from "../../pipeline/types.ts";
import { lineProgress } from "./lines.ts";

/** A display of a running pipeline. */
export interface ProgressDisplay {
  onEvent(event: PipelineEvent): void;
  /** A line that is to stay on the screen. */
  note(line: string): void;
  /** Clears what moves; the display takes no more events. */
  stop(): void;
}

/** Options of {@link createProgress}. */
export interface ProgressOptions {
  readonly stream: NodeJS.WriteStream;
  /** Only warnings. */
  readonly quiet: boolean;
}

/** The display that fits the stream. */
export async function createProgress(
  options: ProgressOptions,
): Promise<ProgressDisplay> {
  const { stream, quiet } = options;
  if (quiet || !stream.isTTY) return lineProgress({ stream, quiet });
  const { barProgress } = await import("./bars.ts");
  return barProgress(stream);
}
