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
    comparisons: summary.comparisons.map((comparison) => ({
      ...comparison,
      configurations: comparison.configurations.map(plain),
      best: oneLine(comparison.best),
      leading: comparison.leading.map(oneLine),
      pairs: comparison.pairs.map((pair) => ({
        ...pair,
        of: [oneLine(pair.of[0]), oneLine(pair.of[1])] as const,
      })),
    })),
    trials: summary.trials.map((trial) => ({
      ...plain(trial),
      group: oneLine(trial.group),
      ...(trial.error === undefined ? {} : { error: printable(trial.error) }),
    })),
  };
}
