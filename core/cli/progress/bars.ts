/**
 * Progress as bars, one for each running stage.
 *
 * @module
 */

import cliProgress from "cli-progress";
import {
  type Pace,
  type PaceMeter,
  paceMeter,
} from "../../pipeline/execute/pace.ts";
import type { PipelineEvent } from "../../pipeline/types.ts";
import { oneLine, printable } from "../../lib/printable.ts";
import { cutName } from "../../report/format.ts";
import { monospaced } from "../../report/letters.ts";
import type { ProgressDisplay } from "./display.ts";
import { endLine } from "./lines.ts";
import { formatFields, formatRate, formatSeconds } from "./rate.ts";

interface RunningStage {
  readonly bar: cliProgress.SingleBar;
  readonly meter: PaceMeter;
}

/** What a bar carries for {@link format}. */
interface Payload {
  readonly title: string;
  readonly pace: Pace;
  readonly fields: Readonly<Record<string, number>>;
}

const BAR_WIDTH = 24;
const TITLE_WIDTH = 28;

/** A display of bars on the terminal `stream`. */
export function barProgress(stream: NodeJS.WriteStream): ProgressDisplay {
  const bars = new cliProgress.MultiBar({
    stream,
    format,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    forceRedraw: true,
    // Ctrl-C is the command's to handle.
    gracefulExit: false,
    linewrap: false,
  });
  const running = new Map<string, RunningStage>();
  const log = (line: string) => bars.log(`${printable(line)}\n`);

  function update(event: PipelineEvent & { readonly type: "progress" }): void {
    const stage = running.get(event.node.key);
    if (stage === undefined) return;
    const { done, total, fields } = event;
    const pace = stage.meter.update(done, total, performance.now());
    stage.bar.update(pace.fraction, { title: event.node.title, pace, fields });
  }

  return {
    onEvent: (event) => {
      const { node, type } = event;
      if (type === "start") {
        const pace = { fraction: 0, rate: null, left: null };
        const payload: Payload = { title: node.title, pace, fields: {} };
        const bar = bars.create(1, 0, payload);
        running.set(node.key, { bar, meter: paceMeter() });
      } else if (type === "progress") {
        update(event);
      } else if (type === "warn") {
        log(`warning: ${node.title}: ${event.message}`);
      } else if (type === "note") {
        log(`${node.title}: ${event.message}`);
      } else if (type === "end") {
        const stage = running.get(node.key);
        if (stage === undefined) return;
        running.delete(node.key);
        bars.remove(stage.bar);
        log(endLine(event.outcome));
      }
    },
    note: log,
    stop: () => {
      running.clear();
      bars.update();
      bars.stop();
    },
  };
}

function format(
  _options: cliProgress.Options,
  _params: cliProgress.Params,
  payload: Payload,
): string {
  const { title, pace, fields } = payload;
  const filled = Math.round(pace.fraction * BAR_WIDTH);
  return [
    cutName(oneLine(title), TITLE_WIDTH, monospaced).padEnd(TITLE_WIDTH),
    `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)}`,
    `${Math.floor(pace.fraction * 100)}%`.padStart(4),
    pace.rate === null ? "" : formatRate(pace.rate),
    oneLine(formatFields(fields)),
    pace.left === null ? "" : `${formatSeconds(pace.left)} left`,
  ].filter((part) => part !== "").join("  ");
}
