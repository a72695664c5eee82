/**
 * What is said of a stage while it runs: its worker process sends it, a queue
 * carries it, and a display draws it.
 *
 * @module
 */

import type { MetricsRecord } from "./execute/metrics_log.ts";

/** One thing said of a stage. */
export type StageMessage =
  | {
    readonly type: "start";
    /** Why it runs: `new`, `train.epochs 20 -> 30`. */
    readonly reason: string;
  }
  | {
    readonly type: "progress";
    readonly done: number;
    readonly total: number;
    /** Numbers beside the bar. */
    readonly fields: Readonly<Record<string, number>>;
  }
  | { readonly type: "log"; readonly record: MetricsRecord }
  | { readonly type: "warn" | "note"; readonly message: string };
