/**
 * Runs one process in a folder of its own, where it may leave a core.
 *
 * @module
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describeDeath } from "../processes/death.ts";

/** How a process ended. */
export interface ProcessEnd {
  /** Last line of its stdout. */
  readonly lastLine: string;
  /** What is known of its end, where that was not exit code 0. */
  readonly death?: string;
}

/** None of these takes so long, on however busy a machine. */
const LIMIT_MS = 15 * 60_000;
const LOADER = import.meta.resolve("tsx");

/**
 * Runs a script of this folder, under a debugger where `debuggers` names one.
 * The folder stays only where the process has not ended well.
 */
export async function runProcess(
  folder: string,
  [script = "", ...args]: readonly string[],
  debuggers: readonly string[] = [],
): Promise<ProcessEnd> {
  mkdirSync(folder);
  const started = Date.now();
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn("sh", [
    ...["-c", 'ulimit -c unlimited; exec "$@"', "sh", ...debuggers],
    ...[process.execPath, "--expose-gc", "--import", LOADER, file, ...args],
  ], {
    cwd: folder,
    // What it writes goes with its folder.
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text) => said[name] += text);
  }
  // The core of one that hangs says where.
  const limit = setTimeout(() => child.kill("SIGABRT"), LIMIT_MS);
  const [code, signal] = await once(child, "close") as [
    number | null,
    NodeJS.Signals | null,
  ];
  clearTimeout(limit);
  const lastLine = said.stdout.trimEnd().split("\n").at(-1)!;
  if (code === 0) {
    rmSync(folder, { recursive: true });
    return { lastLine };
  }
  const death = await describeDeath([script, ...args].join(" "), {
    pid: child.pid,
    code,
    signal,
    output: said.stdout + said.stderr,
    cwd: folder,
    started,
  });
  return { lastLine, death };
}
