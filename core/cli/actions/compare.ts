/**
 * `compare`: two runs side by side.
 *
 * @module
 */

import { allOf } from "../../lib/count.ts";
import { checkRecord, describeMismatch } from "../../runs/check_record.ts";
import {
  compareRuns,
  type MemberComparison,
  type StageComparison,
} from "../../runs/compare.ts";
import type { Difference } from "../../runs/differences.ts";
import { findRun } from "../../runs/find_runs.ts";
import { formatWhen, shortDigest } from "../../runs/format.ts";
import { findPlaces } from "../../runs/places.ts";
import { timeOf } from "../../runs/find_runs.ts";
import { GROUPS } from "../../vae/figures.ts";
import type { Figure, FigureGroup } from "../../vae/figures/figure.ts";
import {
  describeUnits,
  headingOf,
  showNumber,
} from "../../vae/figures/show.ts";
import { openStore } from "../../store/open.ts";
import { formatColumns } from "../../lib/columns.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText } from "../flags.ts";
import { terminalWidth, wrap } from "../wrap.ts";

/**
 * Prints what differs between two runs; the exit code is 1 where the store has
 * other artifacts than their records.
 *
 * @throws {UserError} where there is no such run.
 */
export async function runCompare(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const places = await findPlaces(readText(flags, "config"));
  const store = await openStore(places.storeDirectory);
  const find = (name: string) => findRun(name, places.outputDirectory, store);
  const before = await find(readText(flags, "before") ?? "");
  const after = await find(readText(flags, "after") ?? "");
  const comparison = compareRuns(before.record, after.record);
  const mismatches = [
    ...await checkRecord(before.record, store),
    ...before.file === after.file ? [] : await checkRecord(after.record, store),
  ];
  const code = mismatches.length === 0 ? EXIT.done : EXIT.failed;
  if (flags.json === true) {
    const ids = { before: before.id, after: after.id };
    terminal.out(JSON.stringify({ ...ids, ...comparison, mismatches }));
    return code;
  }
  for (
    const [letter, { id, record }] of [["A", before], ["B", after]] as const
  ) {
    const when = formatWhen(timeOf(record));
    terminal.out(`${letter}  ${id}  ${when}  ${record.status}`);
  }
  const sections = [
    ["Config", comparison.config],
    ["Environment", comparison.environment],
    ["Sources, data and git", comparison.sources],
  ] as const;
  for (const [title, changes] of sections) {
    if (changes.length === 0) continue;
    terminal.out("");
    terminal.out(title);
    for (const line of describeDifferences(changes)) terminal.out(line);
  }
  for (const member of comparison.members) {
    terminal.out("");
    for (const line of describeMember(member)) terminal.out(line);
  }
  const { onlyBefore, onlyAfter } = comparison;
  terminal.out("");
  if (onlyBefore.length > 0) {
    terminal.out(`Only in A: ${onlyBefore.join(", ")}`);
  }
  if (onlyAfter.length > 0) terminal.out(`Only in B: ${onlyAfter.join(", ")}`);
  const units = describeUnits(
    measuredGroups(comparison.members).flatMap(({ figures }) => figures)
      .filter(({ unit }) => unit !== "%"),
  );
  const note = `${
    units && `${units}. `
  }± is as for independent images: both used the same ones, so the error is usually smaller`;
  for (const line of wrap(note, Math.min(80, terminalWidth()))) {
    terminal.out(line);
  }
  for (const mismatch of mismatches) {
    terminal.out(
      `warning: ${mismatch.run}: in the store, of ${
        describeMismatch(mismatch)
      }`,
    );
  }
  return code;
}

/** `  train.epochs  20 -> 30`, a line each. */
export function describeDifferences(
  changes: readonly Difference[],
): readonly string[] {
  return formatColumns(
    changes.map(({ path, before, after }) => [
      `  ${path}`,
      `${show(before)} -> ${show(after)}`,
    ]),
    { width: terminalWidth(), flexible: 1 },
  );
}

/** How a stage of one run stands to that of the other, in a few words. */
export function describeStage(stage: StageComparison): string {
  const { before, after, changes, sameResult } = stage;
  if (before === null) return "only in B";
  if (after === null) return "only in A";
  const result = sameResult === null
    ? ""
    : sameResult
    ? ", same bits"
    : ", other bits";
  if (before === after) return `same key${result}`;
  const why = changes.map(({ path, before, after }) =>
    `${path} ${show(before)} -> ${show(after)}`
  ).join(", ");
  return (why === "" ? "other inputs" : why) + result;
}

function describeMember(member: MemberComparison): readonly string[] {
  const width = terminalWidth();
  const figures = measuredGroups([member]).flatMap((group) =>
    group.figures.map((figure) => describeFigure(figure, member))
  );
  const stages = member.stages.map((stage) =>
    [`  ${stage.name}`, describeStage(stage)] as const
  );
  return [
    ...formatColumns([
      [member.label, "A", "B", "B - A"],
      ...figures,
    ], {
      width,
      flexible: 0,
      right: [1, 2],
    }),
    ...areSame(member)
      ? [`  ${allOf(stages.length, "stage")}: same keys, same bits`]
      : formatColumns(stages, { width, flexible: 1 }),
  ];
}

function areSame({ stages }: MemberComparison): boolean {
  return stages.every(({ before, after, sameResult }) =>
    before === after && sameResult === true
  );
}

/** Groups of figures of which either run has one. */
function measuredGroups(
  members: readonly MemberComparison[],
): readonly FigureGroup[] {
  const found = new Set(
    members.flatMap(({ metrics }) =>
      metrics.filter(({ before, after }) => before !== null || after !== null)
        .map(({ name }) => name)
    ),
  );
  return GROUPS.filter(({ names }) => names.some((name) => found.has(name)));
}

function describeFigure(
  figure: Figure,
  { metrics }: MemberComparison,
): readonly string[] {
  const { before, after, difference, standardError, problem } = metrics.find(
    ({ name }) => name === figure.name,
  )!;
  const number = (value: number | null) =>
    value === null ? "-" : showNumber(figure, value);
  const sign = (difference ?? 0) < 0 ? "-" : "+";
  return [
    `  ${headingOf(figure)}`,
    number(before),
    number(after),
    difference === null
      ? problem ?? "-"
      : `${sign}${number(Math.abs(difference))}${
        standardError === null ? "" : ` ± ${number(standardError)}`
      }`,
  ];
}

function show(value: unknown): string {
  if (value === undefined) return "unset";
  return typeof value === "string"
    ? shortDigest(value)
    : JSON.stringify(value) ?? "unset";
}
