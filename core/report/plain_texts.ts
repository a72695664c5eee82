/**
 * A summary whose texts are for a terminal.
 *
 * @module
 */

import { oneLine, printable } from "../lib/printable.ts";
import type { RunSummary } from "./summary_types.ts";

/** What a prior calls itself, or says, is not for the terminal to obey. */
export function withPlainTexts(summary: RunSummary): RunSummary {
  const plain = <T extends { readonly label: string }>(one: T): T => ({
    ...one,
    label: oneLine(one.label),
  });
  return {
    ...summary,
    overSeeds: summary.overSeeds.map((one) => ({
      ...plain(one),
      group: oneLine(one.group),
    })),
    runs: summary.runs.map((trial) => ({
      ...plain(trial),
      ...(trial.error === undefined ? {} : { error: printable(trial.error) }),
    })),
  };
}
