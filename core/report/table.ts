/**
 * The trials as a table for the terminal.
 *
 * @module
 */

import { createColors } from "picocolors";
import type { FigureComparison } from "../vae/compared.ts";
import { comparable } from "./comparable.ts";
import { formatDifferences } from "./differences_table.ts";
import { legendOf, type Mark, markOf } from "./standings.ts";
import { formatRate } from "./format.ts";
import { type Colors, type Column, formatTrials } from "./trials_table.ts";
import { formatSearch } from "./search_table.ts";
import { formatSeeds } from "./seeds_table.ts";
import { GREY_TITLE, SYNTHETIC_TITLE } from "./notices.ts";
import { withPlainTexts } from "./plain_texts.ts";
import { figuresInUse, GROUPS, hasFigures } from "../vae/figures.ts";
import type { Figure, FigureGroup } from "../vae/figures/figure.ts";
import { describeUnits, showNumber } from "../vae/figures/show.ts";
import type { RunSummary, TrialSummary } from "./summary_types.ts";

/** Options of {@link formatTable}. */
export interface TableOptions {
  /** Whether to use ANSI colours. Default false. */
  readonly color?: boolean;
  /** Columns of the terminal. Default 80. */
  readonly width?: number;
}

const COST: Column = {
  head: "ms/step",
  value: ({ train }) => train.msPerStep,
  format: formatRate,
  mark: () => null,
  kind: "cost",
};

/**
 * Formats a summary as lines no wider than the terminal: banners for data that
 * are not real, a table, its units, and what failed. Figures that do not
 * compare, as of images made binary in different ways, get tables of their own.
 */
export function formatTable(
  given: RunSummary,
  options: TableOptions = {},
): string {
  const summary = withPlainTexts(given);
  const { color = false, width = 80 } = options;
  const colors = createColors(color);
  const lines = [
    ...banners(summary, colors),
    ...GROUPS.flatMap((group, index) =>
      formatFigures(group, summary.trials, {
        colors,
        width,
        // The first has all trials, also those that have failed.
        costs: index === 0 ? [COST] : [],
        comparisons: summary.comparisons,
      })
    ),
    ...formatSeeds(summary.overSeeds, { width, ...summary }),
    ...formatDifferences(summary.comparisons, width),
    ...formatSearch(summary.search, width),
    ...summary.trials.flatMap(({ label, error }) =>
      error === undefined ? [] : [colors.red(`${label} failed: ${error}`)]
    ),
  ];
  return lines.join("\n");
}

function banners(summary: RunSummary, colors: Colors): readonly string[] {
  const texts: string[] = [];
  if (summary.dataset?.synthetic) texts.push(SYNTHETIC_TITLE);
  const isScore = ({ test: { pixels, binarization } }: TrialSummary) =>
    pixels === "binary" && binarization === "grey";
  if (summary.trials.some(isScore)) {
    texts.push(GREY_TITLE);
  }
  return texts.map((text) =>
    colors.bold(colors.inverse(colors.red(` *** ${text} *** `)))
  );
}

interface FormatOptions {
  readonly colors: Colors;
  readonly width: number;
  /** Columns after the figures; with some, trials without a figure are shown. */
  readonly costs: readonly Column[];
  readonly comparisons: readonly FigureComparison[];
}

/** A table of figures for each kind that does not compare with the others. */
function formatFigures(
  group: FigureGroup,
  trials: readonly TrialSummary[],
  options: FormatOptions,
): readonly string[] {
  const { apart } = group;
  const shown = options.costs.length > 0
    ? trials
    : trials.filter(({ figures }) => hasFigures(group, figures));
  const kindOf = ({ conditions }: TrialSummary) =>
    apart?.kindOf(conditions) ?? null;
  return comparable(shown, kindOf).flatMap((trials, index) => {
    const figures = figuresInUse(group, trials.map(({ figures }) => figures))
      .filter(({ name, isMain }) =>
        isMain || shown.some(({ figures }) => figures[name] !== undefined)
      );
    const marked = (figure: Figure) => ({ group }: TrialSummary) =>
      // Several seeds of a configuration are marked together, where they are shown so.
      trials.filter((one) => one.group === group).length > 1
        ? null
        : markOf(options.comparisons, figure, group);
    const columns = figures.map((figure) =>
      columnOf(figure, trials, marked(figure))
    );
    const marks = new Set(columns.flatMap(({ mark }) => trials.map(mark)));
    return [
      ...(index > 0 || options.costs.length > 0 ? [] : [""]),
      formatTrials(trials, [
        ...columns,
        ...options.costs,
      ], options),
      "",
      ...legend({ ...group, figures }, trials, { ...options, marks }).map(
        options.colors.dim,
      ),
    ];
  });
}

function columnOf(
  figure: Figure,
  trials: readonly TrialSummary[],
  mark: Column["mark"],
): Column {
  const { name, short, given, isMain = false, unit } = figure;
  const conditions = new Set(
    trials.flatMap(({ conditions }) =>
      given === undefined ? [] : conditions[given.condition] ?? []
    ),
  );
  const suffix = conditions.size === 1
    ? ` (${given!.symbol}=${[...conditions][0]})`
    : "";
  return {
    head: `${short}${suffix}`,
    value: ({ figures }) => figures[name]?.value ?? null,
    format: (value) => `${showNumber(figure, value)}${unit === "%" ? "%" : ""}`,
    mark,
    kind: isMain ? "main" : "figure",
  };
}

/** What the numbers are, in lines that fit. */
function legend(
  group: FigureGroup,
  trials: readonly TrialSummary[],
  { width, marks }: {
    readonly width: number;
    readonly marks: ReadonlySet<Mark | null>;
  },
): readonly string[] {
  const { figures, apart } = group;
  const measured = trials.filter(({ figures }) => hasFigures(group, figures));
  if (measured.length === 0) return ["No trial has been evaluated"];
  const kind = apart?.kindOf(measured[0]!.conditions);
  const units = describeUnits(figures, ({ short }) => short);
  const unbest = figures.filter(({ better }) => better === null)
    .map(({ short }) => short);
  const parts = [
    ...`${units}${kind === undefined ? "" : `, ${apart!.words[kind] ?? kind}`}`
      .split("; "),
    ...legendOf(marks),
    ...unbest.length === 0 || trials.length < 2 ? [] : [
      `${unbest.join(", ")} ${unbest.length === 1 ? "has" : "have"} no best`,
    ],
  ].filter((part) => part !== "" && !part.startsWith(" "));
  return parts.reduce<string[]>((lines, part) => {
    const last = lines.at(-1);
    return last !== undefined && last.length + part.length + 2 <= width
      ? [...lines.slice(0, -1), `${last}; ${part}`]
      : [...lines, part];
  }, []);
}
