/**
 * What the checks of a plugin found, for the terminal.
 *
 * @module
 */

import { createColors } from "picocolors";
import { plural } from "../lib/count.ts";
import type { CheckResult, Verdict } from "../vae/conformance/mod.ts";
import { printable } from "../lib/printable.ts";
import { wrap } from "../lib/wrap.ts";

/** How {@link describeResult} writes. */
export interface ResultStyle {
  /** Whether to use ANSI colours; default where stdout wants them. */
  readonly color?: boolean;
  /** Columns of the terminal. */
  readonly width?: number;
}

const MARKS: Readonly<Record<Verdict, string>> = {
  pass: "pass",
  fail: "FAIL",
  "not applicable": "-",
};

const TITLE_WIDTH = 32;
const FIGURE_WIDTH = 20;
const INDENT = 6 + TITLE_WIDTH + FIGURE_WIDTH;

/**
 * A row of the table: verdict, check, the figure nearest to its limit, and what
 * was found; below a failure how to mend it.
 */
export function describeResult(
  { title, verdict, found, figure, limit, hint }: CheckResult,
  style: ResultStyle = {},
): readonly string[] {
  const {
    color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    width = process.stdout.columns || 120,
  } = style;
  const colors = createColors(color);
  const paint = verdict === "pass"
    ? colors.green
    : verdict === "fail"
    ? colors.red
    : colors.dim;
  const figures = figure === undefined || limit === undefined
    ? ""
    : `${short(figure)} of ${short(limit)}`;
  const start = `${paint(MARKS[verdict].padEnd(6))}${
    title.padEnd(TITLE_WIDTH)
  }${figures.padEnd(FIGURE_WIDTH)}`;
  const [first = "", ...more] = wrap(printable(found), width - INDENT);
  const lines = [start + first, ...more.map(indent)];
  if (hint === undefined) return lines;
  const [mend = "", ...rest] = wrap(printable(`hint: ${hint}`), width - INDENT);
  return [
    ...lines,
    indent(mend.replace("hint:", colors.cyan("hint:"))),
    ...rest.map(indent),
  ];
}

/** The last line: `16 checks pass, 1 fails, 1 does not apply`. */
export function describeVerdicts(results: readonly CheckResult[]): string {
  const count = (verdict: Verdict) =>
    results.filter((result) => result.verdict === verdict).length;
  const [passed, failed] = [count("pass"), count("fail")];
  const left = count("not applicable");
  return [
    `${plural(passed, "check")} ${passed === 1 ? "passes" : "pass"}`,
    failed === 0 ? "none fails" : `${failed} fail${failed === 1 ? "s" : ""}`,
    ...(left === 0 ? [] : [`${left} ${left === 1 ? "does" : "do"} not apply`]),
  ].join(", ");
}

function indent(line: string): string {
  return " ".repeat(INDENT) + line;
}

function short(value: number): string {
  return Number.isFinite(value)
    ? String(Number(value.toPrecision(2)))
    : String(value);
}
