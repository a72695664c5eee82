/**
 * Means and standard deviations over seeds, for the terminal.
 *
 * @module
 */

import { type FigureName, FIGURES } from "../vae/figures.ts";
import type { Figure } from "../vae/figures/figure.ts";
import { headingOf, showNumber } from "../vae/figures/show.ts";
import type { Spread } from "./over_seeds.ts";
import type { SeedsSummary } from "./summary_types.ts";

/** Between columns. */
const GAP = "   ";

/** The lines of the tables, as many as it takes for them to fit; none where there is but one seed. */
export function formatSeeds(
  groups: readonly SeedsSummary[],
  width: number,
): readonly string[] {
  if (groups.length === 0) return [];
  const names = column(
    "Over seeds",
    groups.map(({ group, seeds }) => `${group} (${seeds.length})`),
    "left",
  );
  const tables: (readonly string[])[][] = [];
  let room = 0;
  for (const { heading, spreads } of FIGURES.map(spreadsOf(groups))) {
    if (spreads.every((spread) => spread === "-")) continue;
    const next = column(heading, spreads, "right");
    const taken = GAP.length + next[0]!.length;
    if (taken > room) {
      tables.push([]);
      room = width - names[0]!.length;
    }
    tables.at(-1)!.push(next);
    room -= taken;
  }
  return [
    ...tables.flatMap((columns) => [
      "",
      ...names.map((name, row) =>
        [name, ...columns.map((one) => one[row]!)].join(GAP)
      ),
    ]),
    "",
    "Mean +- standard deviation from seed to seed; seeds in brackets",
  ];
}

function spreadsOf(groups: readonly SeedsSummary[]) {
  return (figure: Figure) => ({
    heading: headingOf(figure, "short"),
    spreads: groups.map((group) =>
      formatSpread(figure, group[figure.name as FigureName])
    ),
  });
}

function formatSpread(figure: Figure, spread: Spread | null): string {
  return spread === null
    ? "-"
    : `${showNumber(figure, spread.mean)} +- ${
      showNumber(figure, spread.deviation)
    }`;
}

/** Texts below their heading, all as wide as the widest. */
function column(
  heading: string,
  texts: readonly string[],
  side: "left" | "right",
): readonly string[] {
  const all = [heading, ...texts];
  const width = Math.max(...all.map(({ length }) => length));
  return all.map((text) =>
    side === "left" ? text.padEnd(width) : text.padStart(width)
  );
}
