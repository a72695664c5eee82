/**
 * A run in a few words: what a list shows of its record.
 *
 * @module
 */

import { HEADLINE } from "../vae/figures.ts";
import type { RunRecord } from "./record.ts";

/** The best value among a run's trials of the figure that stands for it. */
export function headlineOf({ trials }: RunRecord): number | null {
  const { name, better } = HEADLINE;
  const values = trials.flatMap(({ figures }) => figures[name]?.value ?? []);
  if (values.length === 0) return null;
  return better === "low" ? Math.min(...values) : Math.max(...values);
}

/** What the artifacts of a run take, each once. */
export function bytesOf({ stages }: RunRecord): number {
  return stages.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** `gaussian x2`, `beta`: names of the priors, and how often with other options. */
export function priorsOf({ trials }: RunRecord): readonly string[] {
  const options = new Map<string, Set<string>>();
  for (const trial of trials) {
    const known = options.get(trial.prior) ?? new Set();
    options.set(trial.prior, known.add(JSON.stringify(trial.options)));
  }
  return [...options].map(([name, { size }]) =>
    size === 1 ? name : `${name} x${size}`
  );
}

/** Latent dimensions or seeds of the trials, each once. */
export function distinct(
  { trials }: RunRecord,
  name: "latentDim" | "seed",
): readonly number[] {
  return [...new Set(trials.map((trial) => trial[name]))];
}
