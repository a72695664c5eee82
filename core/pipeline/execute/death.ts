/**
 * The end of a worker process in the middle of a stage, with no word of what
 * came of it: an abort, a signal, an exit.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";

/** How a worker died. */
export interface WorkerDeath {
  readonly type: "died";
  /** Null where it was a signal. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines that it wrote. */
  readonly tail: readonly string[];
}

/** What is said when a stage gets a second worker. */
export function secondTryWarning(death: WorkerDeath): string {
  const memory = death.signal === "SIGKILL"
    ? " (out of memory? --concurrency 1 takes less)"
    : "";
  return `tried again, from its last checkpoint if it had one, after its worker process ended ${
    howOf(death)
  }${memory}`;
}

/** What a stage fails with whose second worker died, too. */
export function deathError(first: WorkerDeath, second: WorkerDeath): Error {
  const [before, after] = [howOf(first), howOf(second)];
  const how = before === after
    ? `${before}, twice`
    : `${before}, and, tried again, ${after}`;
  const { tail } = second;
  const words = tail.length === 0 ? "" : `:\n${tail.join("\n")}`;
  const message = `the worker process ended ${how}${words}`;
  return [first, second].some(({ signal }) => signal === "SIGKILL")
    ? new UserError(message, {
      hint:
        "The system kills a process that wants more memory than there is: try --concurrency 1, or a smaller batch",
    })
    : new Error(message);
}

function howOf({ code, signal }: WorkerDeath): string {
  return signal === null ? `with exit code ${code}` : `by signal ${signal}`;
}
