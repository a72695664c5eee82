/**
 * A worker process: runs one stage at a time for the runner that forked it.
 *
 * @module
 */

import { registerResolver } from "../../load/resolver.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { openGiven } from "./open_given.ts";
import { runTask } from "./run_task.ts";
import type { StageResult } from "./stage_result.ts";
import { packError, unpackError, type WireError } from "./wire_error.ts";

registerResolver();

let abort = new AbortController();
let answer: ((error: WireError | null) => void) | undefined;

// Ctrl-C reaches the whole process group; the runner says what to do about it.
process.on("SIGINT", () => {});
// So may TERM; where it is for this process alone, its stage stops in order.
process.on("SIGTERM", () => interrupt());
// The runner has closed the pool, or has died.
process.on("disconnect", () => process.exit(0));
process.on("message", (message: ToWorker) => {
  switch (message.type) {
    case "run":
      abort = new AbortController();
      runTask(message.task, {
        send,
        verify: async () => {
          send({ type: "verify" });
          const error = await new Promise<WireError | null>((resolve) => {
            answer = resolve;
          });
          if (error !== null) throw unpackError(error);
        },
        signal: abort.signal,
      }).catch((error): StageResult => ({
        status: "failed",
        error: packError(error),
      })).then((result) => send({ type: "end", result }));
      break;
    case "warm":
      // What cannot be opened says so to the stage that uses it.
      openGiven(message.given, { name: "", params: [] }).catch(() => {}).then(
        () => send({ type: "warmed" }),
      );
      break;
    case "abort":
      interrupt();
      break;
    case "verified":
      answer?.(message.error);
      break;
  }
});

function interrupt(): void {
  abort.abort(new DOMException("The run was interrupted", "AbortError"));
}

function send(message: FromWorker): void {
  // Between the runner's death and the disconnect event there is nobody to tell.
  if (process.connected) process.send!(message, undefined, {}, () => {});
}
