/**
 * `run --watch`: plans anew when a file changes that the plan depends on, and
 * runs again where that makes another plan of it.
 *
 * @module
 */

import { relative } from "node:path";
import { UserError } from "../../lib/errors.ts";
import type { Marks } from "../../load/marks.mjs";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { INTERRUPTED } from "../_execute_run.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { listSome } from "../wrap.ts";
import { type Round, startRound } from "./start_round.ts";
import { watchFiles } from "./watch_files.ts";

/** Flags that make no sense beside it, and what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  dry: "Each edit runs; --dry without --watch says what would",
  fromRecord: "A record does not change",
  json: "Each run leaves its summary.json in its folder",
  executor: "Stages run on this machine, where the files are watched",
  detach: "Stages run on this machine, where the files are watched",
  serve: "The page of all runs follows them: the command serve",
};
/** Files that are named. */
const NAMED = 3;

/**
 * Runs until Ctrl-C, and gives the exit code.
 *
 * @throws {UserError} for flags that do not go with it.
 */
export async function watchRun(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  refuse(flags);
  using files = watchFiles();
  using interrupt = listenForInterrupt(() => {});
  const { signal } = interrupt;
  const order = { flags, argv: process.argv, saysWhy: false };
  // What is forced is so once.
  const later = { ...flags, force: undefined, from: undefined };
  let known: Marks = {};
  let running = null as Running | null;
  let changed: readonly string[] = [];
  const wait = () => {
    if (signal.aborted) return;
    terminal.out("Waiting for an edit; Ctrl-C ends");
  };
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const next = startRound(
      isFirst ? order : { ...order, flags: later, saysWhy: true },
    );
    const leave = () => next.leave();
    signal.addEventListener("abort", leave);
    const { plan, files: seen } = await next.planned;
    signal.removeEventListener("abort", leave);
    if (signal.aborted) break;
    // Of a plan that failed not all is known.
    known = plan === null ? { ...known, ...seen } : seen;
    if (Object.keys(known).length === 0) return await next.ended;
    files.set(known);
    if (plan === null) {
      await next.ended;
      if (!isUnderWay(running)) wait();
    } else if (plan === running?.plan && !hasFailed(running)) {
      next.leave();
      terminal.out(`${edited(changed)}: no stage depends on that`);
    } else {
      const said = `${edited(changed)}: what runs stops at its checkpoint`;
      if (isUnderWay(running)) await running?.round.stop(said);
      else if (!isFirst) terminal.out(edited(changed));
      if (signal.aborted) break;
      next.go();
      running = { round: next, plan };
      void next.ended.then(() => next.isStopped || wait());
    }
    changed = await files.changed(signal);
  }
  if (running === null || !isUnderWay(running)) return EXIT.done;
  const code = await running.round.stop(
    "Stopping; press Ctrl-C again to stop at once",
  );
  if (code !== EXIT.interrupted) return code;
  terminal.err(INTERRUPTED);
  return code;
}

/** The last round that was told to run, and what. */
interface Running {
  readonly round: Round;
  readonly plan: string;
}

function isUnderWay(running: Running | null): boolean {
  return running !== null && running.round.code === undefined;
}

/** It is tried again: what it lacked may be no file that is watched. */
function hasFailed({ round: { code } }: Running): boolean {
  return code !== undefined && code !== EXIT.done;
}

function refuse(flags: Flags): void {
  for (const [name, hint] of Object.entries(REFUSED)) {
    if (flags[name] === undefined) continue;
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UserError(`Cannot use --${flag} with --watch`, { hint });
  }
}

/** `Edited my_prior.ts`. */
function edited(paths: readonly string[]): string {
  const names = paths.map((path) => {
    const way = relative(process.cwd(), path);
    return way.startsWith("..") ? path : way;
  });
  return `Edited ${listSome(names, NAMED)}`;
}
