/**
 * A worker's eye on Redis: what troubles it has with it are said, each once,
 * and it ends where Redis cannot be used any more.
 *
 * @module
 */

import { messageOf } from "../lib/errors.ts";
import {
  explainRefusal,
  isRefusal,
  refuseEviction,
  type Server,
  tryToWrite,
} from "./memory.ts";
import type { WorkerOptions } from "./worker_options.ts";

/** The eye. */
export interface ServerWatch {
  /** Looks now and then; throws where the worker is to end. */
  check(): Promise<void>;
  /** Tells of what BullMQ could not do. */
  readonly troubles: (error: Error) => void;
}

/** How often Redis is asked whether it keeps what it is given. */
const CHECK_MS = 2000;

/**
 * Watches. A Redis that refuses to write for a while is waited for, as one that
 * is away, by a worker that would wait for work anyhow.
 */
export function watchServer(
  server: Server,
  { queue, drain, onEvent }:
    & Pick<WorkerOptions, "drain" | "onEvent">
    & { readonly queue: string },
): ServerWatch {
  let next = performance.now() + CHECK_MS;
  let isRefused = false;
  let last = "";
  const note = (message: string) =>
    onEvent({ type: "note", title: null, message });
  const tellRefusal = (error: unknown) => {
    if (isRefused) return;
    isRefused = true;
    note(
      `${
        messageOf(error)
      }; this worker waits until that is over, and loses nothing`,
    );
  };
  return {
    check: async () => {
      if (performance.now() < next) return;
      next = performance.now() + CHECK_MS;
      await refuseEviction(server);
      try {
        await tryToWrite(server, queue);
      } catch (error) {
        if (drain) throw error;
        return tellRefusal(error);
      }
      if (isRefused) note("Redis can be written to again");
      isRefused = false;
    },
    troubles: (error) => {
      if (isRefusal(error)) {
        // Each script is refused in words of its own.
        if (!isRefused && !drain) {
          void explainRefusal(error, server).then(tellRefusal);
        }
        return;
      }
      const message = error.message || error.name;
      // A lost connection is told of once, not with each try to have it back.
      if (message === last) return;
      last = message;
      note(`Redis: ${message}`);
    },
  };
}
