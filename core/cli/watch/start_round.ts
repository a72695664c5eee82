/**
 * The process of a round, as the one that watches sees it.
 *
 * @module
 */

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { EXIT } from "../command.ts";
import type { Order, Planned, ToRound } from "./messages.ts";

/** A process that plans, and runs when it is told to. */
export interface Round {
  /** What it has planned. */
  readonly planned: Promise<Planned>;
  /** Its exit code, at its end. */
  readonly ended: Promise<number>;
  /** Its exit code; undefined as long as it lives. */
  readonly code: number | undefined;
  /** Whether it was told to stop. */
  readonly isStopped: boolean;
  /** Has it run what it has planned. */
  go(): void;
  /** Has it end without, at once. */
  leave(): void;
  /** Has it stop at its checkpoints, and waits for its end. */
  stop(why: string): Promise<number>;
}

const SCRIPT = fileURLToPath(
  new URL("../../load/watched.mjs", import.meta.url),
);

/** Starts a round, which looks for itself what the sources are by now. */
export function startRound(order: Order): Round {
  const child = fork(SCRIPT, [], {
    execArgv: [],
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  const say = (message: ToRound) => {
    if (child.connected) child.send(message, () => {});
  };
  let code: number | undefined;
  let isStopped = false;
  // Not "close": of a channel that was closed early here it is never told.
  const ended = Promise.all([once(child, "exit"), once(child, "disconnect")])
    .then(([[found]]) => code = (found as number | null) ?? EXIT.failed);
  const planned = Promise.race([
    once(child, "message").then(([message]) => message as Planned),
    ended.then((): Planned => ({ plan: null, files: {} })),
  ]);
  child.send(order, () => {});
  return {
    planned,
    ended,
    get code() {
      return code;
    },
    get isStopped() {
      return isStopped;
    },
    go: () => say({ type: "go" }),
    leave: () => {
      if (child.connected) child.disconnect();
    },
    stop: (why) => {
      isStopped = true;
      say({ type: "stop", why });
      return ended;
    },
  };
}
