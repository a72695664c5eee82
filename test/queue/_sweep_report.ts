/**
 * What came of a sweep of the long proof, counted and in words.
 *
 * @module
 */

import type { Program } from "./_program.ts";

/** Digest of what every stage gave, by key. */
export type Digests = ReadonlyMap<string, string | null>;

/** What came of it. */
export interface Sweep {
  readonly seconds: number;
  readonly code: number | null;
  /** Exit code of `verify`. */
  readonly verified: number | null;
  readonly digests: Digests;
  /** How often each stage was begun and done, by title. */
  readonly begun: ReadonlyMap<string, number>;
  readonly done: ReadonlyMap<string, number>;
  /** Trainings that went on from a checkpoint. */
  readonly resumed: number;
  readonly troubles: readonly string[];
}

/** Whether every stage gave the same. */
export function isSame(
  one: Digests,
  other: Digests,
): boolean {
  return one.size === other.size &&
    [...one].every(([key, digest]) =>
      digest !== null && digest === other.get(key)
    );
}

/** Counts, in one line. */
export function describe(
  { seconds, digests, begun, done, resumed, troubles, code, verified }: Sweep,
  expected: Digests,
): string {
  const counts = [...done.values()];
  const starts = [...begun.values()].reduce((sum, one) => sum + one, 0);
  const twice = counts.filter((one) => one > 1).length;
  const words = [...count(troubles, /^(.*)$/)].map(([what, times]) =>
    `${times} x ${what}`
  );
  return [
    `${seconds.toFixed(0)} s, exit code ${code}`,
    `${starts} starts, ${resumed} of them from a checkpoint`,
    `${done.size} stages done, ${twice} of them twice`,
    `${isSame(digests, expected) ? "equal" : "OTHER"} bits`,
    verified === 0 ? "verified" : `NOT VERIFIED, exit code ${verified}`,
    ...words,
  ].join("; ");
}

/** How often each text is found in the lines, by what the pattern holds. */
export function count(
  lines: readonly string[],
  pattern: RegExp,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const line of lines) {
    const title = pattern.exec(line)?.[1];
    if (title !== undefined) found.set(title, (found.get(title) ?? 0) + 1);
  }
  return found;
}

/** What every worker printed, and when. */
export function timeline(workers: readonly Program[], from: number): string {
  return workers.flatMap(({ lines, times }, worker) =>
    lines.map((line, i) => ({ line, worker, time: times[i]! - from }))
  ).sort((a, b) => a.time - b.time).map(({ line, worker, time }) =>
    `${(time / 1000).toFixed(1)} s worker ${worker}: ${line}\n`
  ).join("");
}
