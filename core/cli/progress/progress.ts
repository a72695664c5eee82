/**
 * What is shown while the pipeline runs: bars on a terminal, else lines.
 *
 * @module
 */

import type { ProgressDisplay } from "./display.ts";
import { lineProgress } from "./lines.ts";

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
