/**
 * A round of `run --watch`: plans in a process of its own, for a process loads
 * config and plugins once; says so, waits to be told, and runs.
 *
 * @module
 */

import { fileURLToPath, pathToFileURL } from "node:url";
import { contains } from "../../config/results_folder.ts";
import { cacheFolder } from "../../load/cache_folder.mjs";
import { type Marks, seenMarks } from "../../load/marks.mjs";
import { registerResolver } from "../../load/resolver.ts";
import { SourcesNeeded } from "../../load/sources_needed.ts";
import { digesterOf } from "../../pipeline/beside_store.ts";
import { isRung } from "../../pipeline/search/words.ts";
import type { PlanInput } from "../../pipeline/types.ts";
import { describeReasons } from "../_reasons.ts";
import {
  executeRun,
  type PlannedRun,
  planRun,
  type RunJob,
} from "../_execute_run.ts";
import { findReasons } from "../_find_reasons.ts";
import { EXIT, type Terminal } from "../command.ts";
import { printError } from "../error_output.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { createProgress } from "../progress/progress.ts";
import { processTerminal } from "../terminal.ts";
import { terminalWidth } from "../wrap.ts";
import type { Order, Planned, ToRound } from "./messages.ts";

const CACHE = cacheFolder(
  fileURLToPath(new URL("../../../", import.meta.url)),
);

/**
 * Plans, says so, and runs when it is told to; gives the exit code.
 *
 * @throws {SourcesNeeded} where the modules cannot be loaded beside the bundle;
 * nothing has been done then.
 */
export async function runRound(order: Order): Promise<number> {
  const { flags } = order;
  process.argv = [...order.argv];
  registerResolver();
  const terminal = processTerminal();
  const display = await createProgress({
    stream: process.stdout,
    quiet: flags.quiet === true,
  });
  using interrupt = listenForInterrupt(() =>
    display.note("Stopping; press Ctrl-C again to stop at once")
  );
  using parent = listenToParent((why) => display.note(why));
  const signal = AbortSignal.any([interrupt.signal, parent.stopped]);
  const job: RunJob = { terminal, display, json: false, signal };
  try {
    const planned = await planRun(flags, job);
    await lookAtConfig(planned.plan.config);
    await tell({ plan: identify(planned), files: watchedFiles() });
    await parent.go;
    signal.throwIfAborted();
    if (order.saysWhy) await sayWhy(planned, terminal);
    return await executeRun(flags, planned, job);
  } catch (error) {
    if (error instanceof SourcesNeeded) throw error;
    display.stop();
    if (signal.aborted) return EXIT.interrupted;
    const code = printError(error, terminal);
    await tell({ plan: null, files: watchedFiles() });
    return code;
  }
}

/** All that decides what a run does and where it leaves that. */
function identify({ plan: { id, config } }: PlannedRun): string {
  return [id, config.outputDirectory, config.storeDirectory].join("\n");
}

/** What the config imports counts, too: loaded without a copy, it was not asked of. */
async function lookAtConfig(config: PlanInput): Promise<void> {
  const { configFile } = config;
  if (configFile === null || configFile.endsWith(".json")) return;
  // Whatever is wrong with it, it has been loaded.
  await digesterOf(config).digest([pathToFileURL(configFile).href])
    .catch(() => {});
}

/** But for what is compiled of them. */
function watchedFiles(): Marks {
  return Object.fromEntries(
    Object.entries(seenMarks()).filter(([path]) => !contains(CACHE, path)),
  );
}

async function sayWhy(
  { plan, selection }: PlannedRun,
  terminal: Terminal,
): Promise<void> {
  const reasons = await findReasons(plan, {
    selection: isRung(plan) ? {} : selection,
  });
  const stale = reasons.filter(({ finding }) => finding.status === "stale");
  for (const line of describeReasons(stale, { width: terminalWidth() })) {
    terminal.out(line);
  }
}

interface Parent extends Disposable {
  /** It wants the plan run. */
  readonly go: Promise<void>;
  /** It wants the run stopped. */
  readonly stopped: AbortSignal;
}

/** Without its parent a round ends. */
function listenToParent(onStop: (why: string) => void): Parent {
  const controller = new AbortController();
  let resolve = () => {};
  const go = new Promise<void>((then) => resolve = then);
  const onMessage = (message: ToRound) => {
    if (message.type === "go") return resolve();
    if (controller.signal.aborted) return;
    onStop(message.why);
    controller.abort(new DOMException("The round was stopped", "AbortError"));
  };
  const onDisconnect = () => process.exit(EXIT.interrupted);
  process.on("message", onMessage).on("disconnect", onDisconnect);
  return {
    go,
    stopped: controller.signal,
    [Symbol.dispose]: () => {
      process.off("message", onMessage).off("disconnect", onDisconnect);
    },
  };
}

function tell(message: Planned): Promise<void> {
  return new Promise((resolve) => process.send!(message, () => resolve()));
}
