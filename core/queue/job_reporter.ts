/**
 * A stage's words on their way to the queue: all that it logs and warns of, and
 * as much of its progress as a person can follow.
 *
 * @module
 */

import { performance } from "node:perf_hooks";
import type { StageWord } from "./job.ts";

/** Takes words and sends them. */
export interface JobReporter {
  say(word: StageWord): void;
  /** Everything has been sent, or could not be. */
  close(): Promise<void>;
}

const PROGRESS_MS = 500;

/** Words go one after the other through `send`; one that does not arrive is lost. */
export function jobReporter(
  send: (word: StageWord) => Promise<void>,
): JobReporter {
  let last = -Infinity;
  let sending: Promise<void> = Promise.resolve();
  return {
    say: (word) => {
      if (word.type === "progress") {
        const now = performance.now();
        if (now - last < PROGRESS_MS && word.done < word.total) return;
        last = now;
      }
      sending = sending.then(() => send(word)).catch(() => {});
    },
    close: () => sending,
  };
}
