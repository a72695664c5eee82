/** What a trial has cost, beside its figures. @module */

import { formatCount, formatDuration, formatRate, MISSING } from "../format.ts";
import type { Series } from "../series.ts";

/** Columns of a table of trials. */
export const COSTS = [
  {
    name: "Steps",
    cell: ({ data: { training } }: Series) =>
      training ? formatCount(training.steps) : MISSING,
  },
  {
    name: "ms a step",
    cell: ({ data: { training, trainMs } }: Series) =>
      formatRate(
        training && trainMs !== null && training.steps > 0
          ? trainMs / training.steps
          : null,
      ),
  },
  {
    name: "Training",
    cell: ({ data: { trainMs } }: Series) => formatDuration(trainMs),
  },
];
