/**
 * What whoever has started a sweep is told of its queue.
 *
 * @module
 */

import type { Queue } from "bullmq";
import { RunError } from "../lib/errors.ts";
import type { Plan } from "../pipeline/types.ts";
import { type QueuePlace, withoutPassword } from "./place.ts";
import { workersOf } from "./queue_state.ts";
import { workerCommand } from "./worker_command.ts";

/** What it is about. */
export interface Told {
  readonly plan: Plan;
  readonly place: QueuePlace;
  readonly queue: Queue;
  readonly onNotice: (line: string) => void;
}

/** In a row; then nobody can work with that Redis. */
const MAX_LOSSES = 10;
/** How often it is said that nobody works. */
const LONELY_MS = 30_000;

/** Says once that the queue has lost stages, and gives up where it does so again and again. */
export function losses(
  { place: { url }, onNotice }: Pick<Told, "place" | "onNotice">,
): (times: number) => void {
  return (times) => {
    if (times === 1) {
      onNotice(
        "Stages of this sweep have gone from the queue; they are put in again",
      );
    }
    if (times < MAX_LOSSES) return;
    throw new RunError(
      `Redis at ${
        withoutPassword(url)
      } loses the stages of this sweep, each time they are put in`,
      {
        hint:
          "Find out what removes keys from it; the same command resumes from what is in the store",
      },
    );
  };
}

/** Says so where nobody listens to the queue. */
export function lonely(
  { plan, queue, place, onNotice }: Told,
): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = performance.now();
    if (now < next) return;
    next = now + LONELY_MS;
    if ((await workersOf(queue)).length > 0) return;
    onNotice(
      `No worker listens to "${queue.name}" at ${
        withoutPassword(place.url)
      }: start some with ${workerCommand(plan, place)}`,
    );
  };
}
