/**
 * Ctrl-C: the first one ends the run in order, the second one at once.
 *
 * @module
 */

import { setMaxListeners } from "node:events";
import { hear } from "../load/signals.ts";
import { EXIT, type Terminal } from "./command.ts";
import { hasLauncher, whenLauncherIsGone } from "./launcher.ts";

/** Ctrl-C as a signal. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/** Where a terminal signals to all, npm passes the same on to the command: within so long. */
const ECHO_MS = 500;

/**
 * Listens for SIGINT and SIGTERM, and for the death of the npm that has started
 * this process, until disposed of; `onFirst` is called at the first.
 */
export function listenForInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  // One listener a child process, of which a set-up may start a dozen.
  setMaxListeners(0, controller.signal);
  let first = 0;
  const stop = () => {
    if (controller.signal.aborted) return;
    first = performance.now();
    onFirst();
    controller.abort(new DOMException("The run was interrupted", "AbortError"));
  };
  const listener = () => {
    if (!controller.signal.aborted) return stop();
    if (hasLauncher() && performance.now() - first < ECHO_MS) return;
    process.exit(EXIT.interrupted);
  };
  const unhear = hear(["SIGINT", "SIGTERM"], listener);
  const forget = whenLauncherIsGone(stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      unhear();
      forget();
    },
  };
}

/** What {@link untilInterrupted} says. */
export interface InterruptWords {
  readonly terminal: Terminal;
  /** At the first Ctrl-C; default nothing. */
  readonly atFirst?: string;
  /** When the work has ended. */
  readonly atEnd: string;
}

/** What `work` gives; null where Ctrl-C has ended it, which is then said. */
export async function untilInterrupted<T>(
  { terminal, atFirst, atEnd }: InterruptWords,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  using interrupt = listenForInterrupt(() => {
    if (atFirst !== undefined) terminal.err(atFirst);
  });
  try {
    return await work(interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    terminal.err(atEnd);
    return null;
  }
}
