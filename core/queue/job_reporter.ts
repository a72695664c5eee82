/**
 * A stage's words on their way to the queue: all that it logs and warns of, and
 * as much of its progress as a person can follow.
 *
 * @module
 */

import { performance } from "node:perf_hooks";
import type { FromWorker } from "../pipeline/execute/messages.ts";
import type { StageWord } from "./job.ts";

/** Takes words and sends them. */
export interface JobReporter {
  say(word: StageWord): void;
  readonly onMessage: (message: FromWorker) => void;
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
  const say = (word: StageWord) => {
    sending = sending.then(() => send(word)).catch(() => {});
  };
  return {
    say,
    onMessage: (message) => {
      switch (message.type) {
        case "progress": {
          const now = performance.now();
          if (now - last < PROGRESS_MS && message.done < message.total) return;
          last = now;
          say(message);
          break;
        }
        case "log":
        case "warn":
        case "note":
          say(message);
      }
    },
    close: () => sending,
  };
}
