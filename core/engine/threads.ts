/**
 * How many threads the native engine of this process has.
 *
 * @module
 */

let count = 1;

/** Threads that a compiled program may count on. */
export function threadCount(): number {
  return count;
}

/** Says how many threads the engine was started with. */
export function setThreadCount(threads: number): void {
  count = threads;
}
