/**
 * What a check is, and what it finds.
 *
 * @module
 */

import { plural } from "../../lib/count.ts";
import type { Subject } from "./subject.ts";

/** What became of a check. */
export type Verdict = "pass" | "fail" | "not applicable";

/** What a check found. */
export interface Finding {
  readonly verdict: Verdict;
  /** One line: what was measured, what is wrong, or why nothing could be. */
  readonly found: string;
  /** What comes nearest to its limit, or goes furthest beyond it. */
  readonly figure?: number;
  /** The most that `figure` may be. */
  readonly limit?: number;
  /** How to mend what failed. */
  readonly hint?: string;
}

/** One thing that must hold for a plugin; `Asked` is what is examined of it. */
export interface Check<Asked = Subject> {
  /** Short, for `--json` and for tests: `kl-value`. */
  readonly name: string;
  /** For people: `KL against draws`. */
  readonly title: string;
  /**
   * Examines the plugin. What the plugin itself throws is a failure, and need
   * not be caught here.
   */
  run(subject: Asked): Finding;
}

/** It holds. */
export function pass(found: string): Finding {
  return { verdict: "pass", found };
}

/** It does not hold. */
export function fail(found: string, hint: string): Finding {
  return { verdict: "fail", found, hint };
}

/** It cannot be asked of this plugin. */
export function notApplicable(reason: string): Finding {
  return { verdict: "not applicable", found: reason };
}

/** A number that was found, and the one it should be. */
export interface Comparison {
  /** What it is and where: `the KL at raw mean=1`. */
  readonly what: string;
  readonly found: number;
  readonly wanted: number;
  /** Most that they may differ. */
  readonly allowed: number;
}

/** Options of {@link compareAll}. */
export interface CompareOptions {
  /** What was compared with what: `closed form against quadrature`. */
  readonly title: string;
  /** How to mend a difference. */
  readonly hint: string;
  /** Said where there is nothing to compare. */
  readonly otherwise: string;
}

/** The finding of many comparisons: the worst of them decides. */
export function compareAll(
  comparisons: readonly Comparison[],
  { title, hint, otherwise }: CompareOptions,
): Finding {
  if (comparisons.length === 0) return notApplicable(otherwise);
  const worst = comparisons.reduce((a, b) => excess(b) > excess(a) ? b : a);
  const { what, found, wanted, allowed } = worst;
  const figures = { figure: Math.abs(found - wanted), limit: allowed };
  if (excess(worst) > 1) {
    const failing = comparisons.filter((one) => excess(one) > 1).length;
    return {
      verdict: "fail",
      found: `${what} is ${figure(found)}, want ${figure(wanted)} +- ${
        figure(allowed)
      } (${failing} of ${comparisons.length} fail)`,
      hint,
      ...figures,
    };
  }
  return {
    verdict: "pass",
    found: `${title}, ${plural(comparisons.length, "time")}`,
    ...figures,
  };
}

/** A number to four digits. */
export function figure(value: number): string {
  return Number.isFinite(value)
    ? String(Number(value.toPrecision(4)))
    : String(value);
}

function excess({ found, wanted, allowed }: Comparison): number {
  const ratio = Math.abs(found - wanted) / allowed;
  return Number.isNaN(ratio) ? Infinity : ratio;
}
