/**
 * Means and standard deviations over seeds, for the terminal.
 *
 * @module
 */

import type { Spread } from "./over_seeds.ts";
import type { SeedsSummary } from "./summary_types.ts";

const FIGURES = [
  ["ELBO", "elbo"],
  ["Reconstruction", "reconstruction"],
  ["KL", "kl"],
  ["NLL", "nll"],
] as const;

/** Between columns. */
const GAP = "   ";

/** The lines of the table; none where there is but one seed. */
export function formatSeeds(groups: readonly SeedsSummary[]): string[] {
  if (groups.length === 0) return [];
  const dims = new Set(groups.map(({ latent }) => latent));
  const rows = [
    ["Over seeds", ...FIGURES.map(([name]) => name as string)],
    ...groups.map((group) => [
      `${group.label}${
        dims.size > 1 ? `, D = ${group.latent}` : ""
      } (${group.seeds.length})`,
      ...FIGURES.map(([, key]) => formatSpread(group[key])),
    ]),
  ];
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.length))
  );
  const lines = rows.map((row) =>
    row.map((cell, column) =>
      column === 0
        ? cell.padEnd(widths[column]!)
        : cell.padStart(widths[column]!)
    ).join(GAP)
  );
  return [
    "",
    ...lines,
    "",
    "Mean +- standard deviation from seed to seed; seeds in brackets",
  ];
}

function formatSpread(spread: Spread | null): string {
  return spread === null
    ? "-"
    : `${spread.mean.toFixed(2)} +- ${spread.deviation.toFixed(2)}`;
}
