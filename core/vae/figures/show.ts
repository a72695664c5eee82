/**
 * Figures as people read them.
 *
 * @module
 */

import type { Figure, FigureGroup, FigureValue, Measured } from "./figure.ts";

/** A number in the unit that is shown. */
export function inUnit({ unit }: Pick<Figure, "unit">, value: number): number {
  return unit === "%" ? 100 * value : value;
}

/** `-100.21`. */
export function showNumber(
  figure: Pick<Figure, "unit" | "decimals">,
  value: number,
): string {
  return inUnit(figure, value).toFixed(figure.decimals);
}

/** `-100.21 ± 0.24`; a dash where it is not there. */
export function showFigure(
  figure: Figure,
  found: FigureValue | undefined,
): string {
  if (found === undefined) return "-";
  const { value, error } = found;
  return `${showNumber(figure, value)}${
    error === null ? "" : ` ± ${showNumber(figure, error)}`
  }`;
}

/** `nats`: what stands behind a number; empty where it takes a phrase to say. */
export function shortUnit({ unit }: Pick<Figure, "unit">): string {
  return unit.startsWith("the ") ? "" : unit.split(" ")[0]!;
}

/** `NLL`; `Precision, %`; with `short`, as short as it goes. */
export function headingOf(figure: Figure, room?: "short"): string {
  const title = room === "short" ? figure.short : figure.title;
  return figure.unit === "%" ? `${title}, %` : title;
}

/** `Nats a test image`; `Aggregate, Least in ...`; a share has its sign beside it. */
export function describeUnits(
  figures: readonly Figure[],
  nameOf: (figure: Figure) => string = ({ title }) => title,
): string {
  const units = [...new Set(figures.map(({ unit }) => unit))];
  return units.filter((unit) => unit !== "" && unit !== "%").map((unit) => {
    const of = figures.filter((figure) => figure.unit === unit);
    return units.length === 1
      ? `${unit[0]!.toUpperCase()}${unit.slice(1)}`
      : `${of.map(nameOf).join(", ")} in ${unit}`;
  }).join("; ");
}

/** Figures without the rare ones that none of these trials has. */
function inUse(
  figures: readonly Figure[],
  trials: readonly Measured[],
): readonly Figure[] {
  return figures.filter(({ isRare = false, read }) =>
    !isRare || trials.some((measured) => read(measured) !== null)
  );
}

/** What the figures of a group are, in sentences. */
export function explain(
  { figures, from, remark = "" }: FigureGroup,
  trials: readonly Measured[],
): string {
  const first = trials.find((measured) => measured[from] !== null);
  const sentences = inUse(figures, trials).map(({ explanation }) =>
    typeof explanation === "string"
      ? explanation
      : first === undefined
      ? ""
      : explanation(first)
  );
  return [...sentences, remark].filter((text) => text !== "").join(" ");
}
