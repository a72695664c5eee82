/**
 * The command line: declares the commands, runs one, prints what went wrong.
 *
 * @module
 */

import { endWithParent, isApart, runApart } from "./apart.ts";
import { ownCommand } from "../lib/credentials.ts";
import { registerResolver } from "../load/resolver.ts";
import { SourcesNeeded } from "../load/sources_needed.ts";
import { type Command, EXIT } from "./command.ts";
import { check } from "./commands/check.ts";
import { compare } from "./commands/compare.ts";
import { complete } from "./commands/complete.ts";
import { convert } from "./commands/convert.ts";
import { doctor } from "./commands/doctor.ts";
import { exportRun } from "./commands/export.ts";
import { gc } from "./commands/gc.ts";
import { graph } from "./commands/graph.ts";
import { importRun } from "./commands/import.ts";
import { init } from "./commands/init.ts";
import { inspect } from "./commands/inspect.ts";
import { list } from "./commands/list.ts";
import { create } from "./commands/new.ts";
import { queue } from "./commands/queue.ts";
import { report } from "./commands/report.ts";
import { run } from "./commands/run.ts";
import { schema } from "./commands/schema.ts";
import { serve } from "./commands/serve.ts";
import { setup } from "./commands/setup.ts";
import { status } from "./commands/status.ts";
import { why } from "./commands/why.ts";
import { verify } from "./commands/verify.ts";
import { worker } from "./commands/worker.ts";
import { keysOfConfig } from "./config_keys.ts";
import { printError } from "./error_output.ts";
import { endWithLauncher } from "./launcher.ts";
import { refuseFlagsOfNpm } from "./npm_flags.ts";
import { parseCommandLine } from "./parse.ts";
import { refusePlugAndPlay } from "./plug_and_play.ts";
import { processTerminal } from "./terminal.ts";

const commands: readonly Command[] = [
  run,
  list,
  inspect,
  compare,
  gc,
  verify,
  exportRun,
  importRun,
  check,
  init,
  create,
  graph,
  convert,
  status,
  why,
  report,
  worker,
  queue,
  serve,
  schema,
  complete,
  doctor,
  setup,
];

/**
 * Runs the command line `argv` (without program and script) and gives the exit
 * code. `starters` are the ids of the processes that have started this one.
 *
 * @throws {SourcesNeeded} and nothing else; nothing has been done then.
 *
 * @example
 * ```ts
 * import { main } from "./main.ts";
 *
 * process.exitCode = await main(["list"]);
 * ```
 */
export async function main(
  argv: readonly string[],
  starters: readonly number[] = [process.ppid],
): Promise<number> {
  const terminal = processTerminal();
  hideTitle();
  registerResolver();
  using _launcher = endWithLauncher(starters);
  try {
    const isByNpm = process.env["npm_command"] !== undefined;
    const keys = isByNpm ? await keysOfConfig(argv, commands) : [];
    refuseFlagsOfNpm(argv, commands, { keys });
    const parsed = parseCommandLine(argv, commands);
    if (parsed === null) return EXIT.done;
    refusePlugAndPlay();
    if (parsed.command.isApart) {
      if (!isApart()) return await runApart(argv, terminal);
      endWithParent();
    }
    return await parsed.command.run(parsed.flags, terminal, commands);
  } catch (error) {
    if (error instanceof SourcesNeeded) throw error;
    return printError(error, terminal);
  }
}

/** Everybody on the machine can read the command lines of its processes. */
function hideTitle(): void {
  const shown = ownCommand();
  const isHidden = process.argv.slice(2).some((word, i) =>
    word !== shown[i + 1]
  );
  if (isHidden) process.title = shown.join(" ");
}
