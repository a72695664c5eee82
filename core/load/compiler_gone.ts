/**
 * The death of esbuild's process. Who presses Ctrl-C in a terminal, or ends all
 * processes of a job, ends that one first; what it was compiling fails then.
 *
 * @module
 */

const GONE = /^The service (?:was stopped|is no longer running)/;

/** Whether something failed because esbuild's process has ended. */
export function isCompilerGone(error: unknown): boolean {
  return error instanceof Error &&
    (GONE.test(error.message) || isCompilerGone(error.cause));
}
