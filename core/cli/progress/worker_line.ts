/**
 * What a worker of a queue says of what it does.
 *
 * @module
 */

import {
  reasonOf,
  type StageResult,
} from "../../pipeline/execute/stage_result.ts";
import type { WorkerEvent } from "../../queue/worker_options.ts";
import { formatSeconds } from "./rate.ts";

/** What is said of an event; null of what a log need not have: how far a stage is. */
export function workerLine(event: WorkerEvent): string | null {
  const { type, title } = event;
  switch (type) {
    case "start":
      return `${title}: started (${event.reason})`;
    case "refused":
      return `${title}: refused, for ${event.why}`;
    case "warn":
    case "note":
      return title === null ? event.message : `[${title}] ${event.message}`;
    case "end":
      return `${title}: ${wordsOf(event.result)}`;
    default:
      return null;
  }
}

function wordsOf(result: StageResult): string {
  switch (result.status) {
    case "done":
      return `done in ${formatSeconds(result.ms / 1000)}`;
    case "cached":
      return "was made meanwhile";
    case "interrupted":
      return "goes back to the queue";
    default:
      return `${result.status}: ${reasonOf(result)}`;
  }
}
