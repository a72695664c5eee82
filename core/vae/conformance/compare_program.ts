/** A compiled program against the same that is run operation by operation. @module */

import { createProgram } from "../../engine/program/create.ts";
import { eagerProgram } from "../../engine/program/eager.ts";
import type { Feeds, ProgramSpec } from "../../engine/program/program.ts";
import type { Comparison } from "./check.ts";

/** Sums in another order, relative to 1 or to the value. */
const ROUNDING = 1e-3;

/** What {@link compareProgram} found. */
export interface ProgramComparison {
  /** Why it is not compiled. */
  readonly reason: string | undefined;
  /** Of each output and run, where they differ most. */
  readonly comparisons: readonly Comparison[];
}

/** One run of the program. */
export interface ComparedRun {
  /** In words: `at step 2`. */
  readonly what: string;
  readonly feeds: Feeds;
}

/**
 * Runs it both ways.
 *
 * @param titles of outputs, in place of their names
 */
export function compareProgram(
  spec: ProgramSpec,
  runs: readonly ComparedRun[],
  titles: Readonly<Record<string, string>> = {},
): ProgramComparison {
  const program = createProgram(spec);
  const eager = eagerProgram(spec, { compiled: false });
  try {
    const { compiled, reason } = program.execution;
    if (!compiled) return { reason, comparisons: [] };
    const comparisons = runs.flatMap(({ what, feeds }) => {
      const wanted = eager.run(feeds);
      return Object.entries(program.run(feeds)).map(([name, values]) =>
        worstOf(`${titles[name] ?? name} ${what}`, [values, wanted[name]!])
      );
    });
    return { reason: undefined, comparisons };
  } finally {
    program.dispose();
    eager.dispose();
  }
}

function worstOf(
  what: string,
  [found, wanted]: readonly [Float32Array, Float32Array],
): Comparison {
  let worst: Comparison | undefined;
  found.forEach((value, i) => {
    const one: Comparison = {
      what,
      found: value,
      wanted: wanted[i]!,
      allowed: ROUNDING * (1 + Math.abs(wanted[i]!)),
    };
    if (worst === undefined || excess(one) > excess(worst)) worst = one;
  });
  return worst!;
}

function excess({ found, wanted, allowed }: Comparison): number {
  const ratio = Math.abs(found - wanted) / allowed;
  return Number.isNaN(ratio) ? Infinity : ratio;
}
