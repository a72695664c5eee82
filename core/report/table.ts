/**
 * The runs as a table for the terminal.
 *
 * @module
 */

import Table from "cli-table3";
import { createColors } from "picocolors";
import { bestOf, comparable } from "./best.ts";
import { formatRate } from "./format.ts";
import { formatSeeds } from "./seeds_table.ts";
import { GREY_TITLE, SYNTHETIC_TITLE } from "./notices.ts";
import { withPlainTexts } from "./plain_texts.ts";
import type {
  MemberSummary,
  RunSummary,
  TestSummary,
} from "./summary_types.ts";

/** Options of {@link formatTable}. */
export interface TableOptions {
  /** Whether to use ANSI colours. Default false. */
  readonly color?: boolean;
  /** Columns of the terminal. Default 80. */
  readonly width?: number;
}

type Colors = ReturnType<typeof createColors>;

/** A figure of a run. */
interface Column {
  readonly name: string;
  readonly value: (member: MemberSummary) => number | null;
  readonly format: (value: number | null) => string;
  readonly wanted: "high" | "low" | null;
}

const COLUMNS: readonly Column[] = [
  {
    name: "ELBO",
    value: ({ test }) => test.elbo,
    format: decimals,
    wanted: "high",
  },
  {
    name: "Reconstruction",
    value: ({ test }) => test.reconstruction,
    format: decimals,
    wanted: "low",
  },
  { name: "KL", value: ({ test }) => test.kl, format: decimals, wanted: null },
  {
    name: "NLL",
    value: ({ test }) => test.nll,
    format: decimals,
    wanted: "low",
  },
  {
    name: "ms/step",
    value: ({ train }) => train.msPerStep,
    format: (value) => value === null ? "-" : formatRate(value),
    wanted: null,
  },
];

const KINDS: Readonly<
  Record<NonNullable<TestSummary["binarization"]>, string>
> = {
  dynamic: "dynamic binarisation",
  threshold: "pixels cut at one half",
  grey: "grey pixels",
};

/** Between columns. */
const GAP = 2;
const NARROWEST_LABEL = 12;
/** Columns that a narrow terminal does without, in this order. */
const DROPPED_FIRST = ["ms/step", "Reconstruction", "KL"];
const BORDERLESS = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right"],
    ...["bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid"],
    ...["right", "right-mid", "middle"],
  ].map((name) => [name, ""]),
);

/**
 * Formats a summary as lines no wider than the terminal: banners for data that
 * are not real, a table, its units, and what failed. Figures of images made
 * binary in different ways get tables of their own.
 */
export function formatTable(
  given: RunSummary,
  options: TableOptions = {},
): string {
  const summary = withPlainTexts(given);
  const { color = false, width = 80 } = options;
  const colors = createColors(color);
  const groups = comparable(
    summary.runs,
    ({ test }) => test.binarization,
  );
  const lines = [
    ...banners(summary, colors),
    ...groups.flatMap((members) => [
      formatGroup(members, { colors, width }),
      "",
      colors.dim(legend(members)),
    ]),
    ...formatSeeds(summary.overSeeds),
    ...summary.runs.flatMap(({ label, error }) =>
      error === undefined ? [] : [colors.red(`${label} failed: ${error}`)]
    ),
  ];
  return lines.join("\n");
}

function banners(summary: RunSummary, colors: Colors): readonly string[] {
  const texts: string[] = [];
  if (summary.dataset?.synthetic) texts.push(SYNTHETIC_TITLE);
  if (summary.runs.some(({ test }) => test.binarization === "grey")) {
    texts.push(GREY_TITLE);
  }
  return texts.map((text) =>
    colors.bold(colors.inverse(colors.red(` *** ${text} *** `)))
  );
}

interface GroupOptions {
  readonly colors: Colors;
  readonly width: number;
}

function formatGroup(
  members: readonly MemberSummary[],
  { colors, width }: GroupOptions,
): string {
  const longest = Math.max(5, ...members.map(({ label }) => label.length));
  const columns = fitting(
    COLUMNS.map((column) => fill(column, members)),
    width - Math.min(longest, NARROWEST_LABEL),
  );
  const room = width - widthOf(columns);
  const table = new Table({
    chars: BORDERLESS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    head: ["Prior", ...columns.map(({ head }) => head)].map((text) =>
      colors.bold(text)
    ),
    colWidths: [
      Math.max(1, Math.min(longest, room)),
      ...columns.map(({ width }) => width + GAP),
    ],
    colAligns: ["left", ...columns.map(() => "right" as const)],
  });
  members.forEach((member, index) => {
    const cells = columns.map(({ cells, best }) => {
      const cell = cells[index] ?? "";
      return best.has(index) ? colors.bold(colors.green(cell)) : cell;
    });
    table.push([member.label, ...cells]);
  });
  return table.toString().replace(/ +$/gm, "");
}

/** A column with its texts, as wide as the widest. */
interface FilledColumn {
  readonly name: string;
  readonly head: string;
  readonly cells: readonly string[];
  readonly best: ReadonlySet<number>;
  readonly width: number;
}

function fill(
  column: Column,
  members: readonly MemberSummary[],
): FilledColumn {
  const values = members.map(column.value);
  const best = column.wanted === null
    ? new Set<number>()
    : bestOf(values, column.wanted);
  // The best is marked without colours too.
  const cells = values.map((value, index) =>
    `${column.format(value)}${best.has(index) ? "*" : " "}`
  );
  const head = `${column.name}${
    column.name === "NLL" ? samples(members) : ""
  } `;
  const width = Math.max(...[head, ...cells].map(({ length }) => length));
  return { name: column.name, head, cells, best, width };
}

/** The columns that leave room for labels; the least telling go first. */
function fitting(
  columns: readonly FilledColumn[],
  room: number,
): readonly FilledColumn[] {
  let kept = columns;
  for (const name of DROPPED_FIRST) {
    if (widthOf(kept) <= room) break;
    kept = kept.filter((column) => column.name !== name);
  }
  return kept;
}

function widthOf(columns: readonly FilledColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP, 0);
}

/** ` (K=500)`, where all runs have the same. */
function samples(members: readonly MemberSummary[]): string {
  const counts = new Set(members.flatMap(({ test }) => test.nllSamples ?? []));
  return counts.size === 1 ? ` (K=${[...counts][0]})` : "";
}

function legend(members: readonly MemberSummary[]): string {
  const kind = members.find(({ test }) => test.binarization !== null)?.test
    .binarization ?? null;
  return kind === null
    ? "No run has been evaluated"
    : `Nats a test image, ${KINDS[kind]}; * is the best; KL has no best`;
}

function decimals(value: number | null): string {
  return value === null ? "-" : value.toFixed(2);
}
