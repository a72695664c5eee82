/**
 * Progress as plain lines, for logs: at a stage's start, now and then, at its
 * end.
 *
 * @module
 */

import { type PaceMeter, paceMeter } from "../../pipeline/execute/pace.ts";
import type { PipelineEvent, StageOutcome } from "../../pipeline/types.ts";
import type { ProgressDisplay } from "./display.ts";
import { printable } from "../../lib/printable.ts";
import { formatFields, formatRate, formatSeconds } from "./rate.ts";

/** Options of {@link lineProgress}. */
export interface LineProgressOptions {
  readonly stream: { write(text: string): unknown };
  /** Only warnings. */
  readonly quiet?: boolean;
  /** Milliseconds between lines of one stage, unless it got on by a tenth; default 10 s. */
  readonly interval?: number;
}

interface RunningStage {
  readonly meter: PaceMeter;
  shownAt: number;
  shownFraction: number;
}

/** A display that writes lines. */
export function lineProgress(options: LineProgressOptions): ProgressDisplay {
  const { stream, quiet = false, interval = 10_000 } = options;
  const running = new Map<string, RunningStage>();
  const write = (line: string) => void stream.write(`${printable(line)}\n`);

  function show(event: PipelineEvent & { readonly type: "progress" }): void {
    const stage = running.get(event.node.key);
    if (stage === undefined) return;
    const now = performance.now();
    const pace = stage.meter.update(event.done, event.total, now);
    const late = now - stage.shownAt >= interval;
    // A tenth, but no more often than every second.
    const tenth = pace.fraction - stage.shownFraction >= 0.1 &&
      now - stage.shownAt >= interval / 10;
    if (pace.fraction >= 1 || (!late && !tenth)) return;
    stage.shownAt = now;
    stage.shownFraction = pace.fraction;
    const parts = [
      `${Math.floor(pace.fraction * 100)}%`,
      pace.rate === null ? "" : formatRate(pace.rate),
      formatFields(event.fields),
      pace.left === null ? "" : `${formatSeconds(pace.left)} left`,
    ];
    write(`${event.node.title}: ${parts.filter((part) => part).join("  ")}`);
  }

  return {
    onEvent: (event) => {
      if (event.type === "warn") {
        write(`warning: ${event.node.title}: ${event.message}`);
      }
      if (quiet) return;
      if (event.type === "start") {
        running.set(event.node.key, {
          meter: paceMeter(),
          shownAt: performance.now(),
          shownFraction: 0,
        });
        write(`${event.node.title}: started (${event.reason})`);
      } else if (event.type === "note") {
        write(`${event.node.title}: ${event.message}`);
      } else if (event.type === "progress") {
        show(event);
      } else if (event.type === "end" && running.delete(event.node.key)) {
        write(endLine(event.outcome));
      }
    },
    note: (line) => quiet ? undefined : write(line),
    stop: () => running.clear(),
  };
}

/** What is said of a stage that has ended: `train Mine(1,2): done in 42 s`. */
export function endLine(outcome: StageOutcome): string {
  const { title, status, ms } = outcome;
  if (status === "done") return `${title}: done in ${formatSeconds(ms / 1000)}`;
  if (status === "cached") return `${title}: cached`;
  return `${title}: ${status}`;
}
