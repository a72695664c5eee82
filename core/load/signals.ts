/**
 * Signals that a command listens for, to end in order. A listener waits for its
 * turn, which never comes where somebody's module loops for ever while it is
 * evaluated: for that long nobody listens, and a signal ends the process at once.
 *
 * @module
 */

import { setImmediate } from "node:timers/promises";

type Listener = (signal: NodeJS.Signals) => void;

const heard = new Map<Listener, readonly NodeJS.Signals[]>();
/** Evaluations under way. */
let deaf = 0;

/** Listens until the function it gives is called. */
export function hear(
  signals: readonly NodeJS.Signals[],
  listener: Listener,
): () => void {
  heard.set(listener, signals);
  if (deaf === 0) attach(listener, signals);
  return () => {
    heard.delete(listener);
    for (const signal of signals) process.off(signal, listener);
  };
}

/** Has signals end the process at once for as long as `work` takes. */
export async function unheard<T>(work: () => Promise<T>): Promise<T> {
  // One that has come by now, and that Node tells of in its next turn, would be lost.
  await setImmediate();
  await setImmediate();
  if (deaf++ === 0) {
    for (const [listener, signals] of heard) {
      for (const signal of signals) process.off(signal, listener);
    }
  }
  try {
    return await work();
  } finally {
    if (--deaf === 0) {
      for (const [listener, signals] of heard) attach(listener, signals);
    }
  }
}

function attach(listener: Listener, signals: readonly NodeJS.Signals[]): void {
  for (const signal of signals) process.on(signal, listener);
}
