/**
 * Runs one process in a folder of its own, where it may leave a core.
 *
 * @module
 */

import { mkdirSync, rmSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { startChild } from "../processes/child.ts";

/** None of these computes so long: one that does is ended with a core. */
const PROCESSOR_SECONDS = 600;
/** One that waits for nothing is ended after this, by the clock. */
const LIMIT_MS = 2 * 3600_000;
/** Says what "vae-priors" is in the sources, wherever a process starts. */
const TSCONFIG = fileURLToPath(new URL("../../tsconfig.json", import.meta.url));
const LIMITS =
  `ulimit -c unlimited; ulimit -S -t ${PROCESSOR_SECONDS}; exec "$@"`;
const LOADER = import.meta.resolve("tsx");

/**
 * Runs a script of this folder, under a debugger where `debuggers` names one,
 * and returns the last line it prints. The folder stays where it does not end
 * well.
 *
 * @throws {Error} with what is known of its end, where that is not exit code 0.
 */
export async function runProcess(
  folder: string,
  [script = "", ...args]: readonly string[],
  debuggers: readonly string[] = [],
): Promise<string> {
  mkdirSync(folder);
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = startChild([
    ...["sh", "-c", LIMITS, "sh", ...debuggers],
    ...[process.execPath, "--expose-gc", "--import", LOADER, file, ...args],
    // What it writes goes with its folder.
  ], { cwd: folder, env: { TMPDIR: folder, TSX_TSCONFIG_PATH: TSCONFIG } });
  // Not by `child.kill`: the core of one that hangs says where.
  const limit = setTimeout(() => {
    if (child.pid > 0) process.kill(child.pid, "SIGABRT");
  }, LIMIT_MS);
  try {
    const { code } = await child.ended;
    if (code !== 0) {
      throw new Error(`Exit code ${code}\n\n${child.lines.join("\n")}`);
    }
  } catch (error) {
    const what = [script, ...args].join(" ");
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  } finally {
    clearTimeout(limit);
  }
  rmSync(folder, { recursive: true });
  return (await child.ended).stdout.trimEnd().split("\n").at(-1)!;
}
