/**
 * Has pictures drawn of models in training, in a process of its own that lives
 * as long as it is needed.
 *
 * @module
 */

import { type ChildProcess, fork } from "node:child_process";
import { childProgram } from "../../../load/child_program.ts";
import type { Painting, PaintRequest } from "./messages.ts";

/** Where pictures come from. */
export interface Studio {
  /**
   * The newest picture of a training; null where there is none yet. Where its
   * checkpoint is newer than the picture, the next one is begun.
   */
  picture(request: PaintRequest): Picture | null;
  /** Ends the process. */
  close(): void;
}

/** A picture, or why there is none. */
export interface Picture {
  /** When the checkpoint that it shows was saved, in milliseconds since 1970. */
  readonly saved: number;
  readonly painting: Exclude<Painting, { type: "sources" }>;
}

/** The process ends when it was not needed for so long: it takes memory. */
const IDLE_MS = 30_000;

/** A studio that calls `onPicture` whenever there is a new picture. */
export function openStudio(onPicture: () => void): Studio {
  const pictures = new Map<string, Picture>();
  const orders = new Map<string, PaintRequest>();
  let fromSources = false;
  let busy: PaintRequest | undefined;
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;

  function next(): void {
    if (busy !== undefined) return;
    const [order] = orders.values();
    if (order === undefined) {
      idle = setTimeout(close, IDLE_MS).unref();
      return;
    }
    clearTimeout(idle);
    orders.delete(order.key);
    busy = order;
    const painter = child ??= start();
    painter.send(order, (error) => {
      // One that has died in between also says so by "close".
      if (error === null || !painter.connected) return;
      finish({ type: "none", why: error.message });
    });
  }

  function start(): ChildProcess {
    const { script, args, execArgv } = childProgram(
      new URL("./painter.ts", import.meta.url),
      "painter.mjs",
    );
    const started = fork(script, args, {
      execArgv,
      // Structured clones keep Infinity and NaN in options.
      serialization: "advanced",
      env: {
        ...process.env,
        ...(fromSources ? { VAE_PRIORS_NO_BUNDLE: "1" } : {}),
      },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    started.on("message", (painting: Painting) => finish(painting));
    const ended = () => {
      if (child !== started) return;
      child = undefined;
      finish({ type: "none", why: "the process that draws has ended" });
    };
    started.on("error", ended);
    started.on("close", ended);
    return started;
  }

  function finish(painting: Painting): void {
    if (busy === undefined) return;
    const { key, saved } = busy;
    if (painting.type !== "sources") pictures.set(key, { saved, painting });
    else if (fromSources) {
      const why = "the prior cannot be loaded";
      pictures.set(key, { saved, painting: { type: "none", why } });
    } else {
      fromSources = true;
      orders.set(key, busy);
      close();
    }
    busy = undefined;
    onPicture();
    next();
  }

  function close(): void {
    clearTimeout(idle);
    const ending = child;
    child = undefined;
    if (ending?.connected) ending.disconnect();
  }

  return {
    picture: (request) => {
      const known = pictures.get(request.key) ?? null;
      const newest = busy?.key === request.key ? busy.saved : known?.saved;
      if (newest === undefined || newest < request.saved) {
        orders.set(request.key, request);
        next();
      }
      return known;
    },
    close: () => {
      orders.clear();
      busy = undefined;
      close();
    },
  };
}
