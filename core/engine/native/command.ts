/**
 * Other programs: pip, a compiler, a second Node.
 *
 * @module
 */

import { spawn } from "node:child_process";

/** Options of {@link runCommand}. */
export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
  /** Killed after this many milliseconds. */
  readonly timeoutMs?: number;
}

/** What became of a program. */
export interface CommandResult {
  /** Exit code; null where it was not found, could not start or was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Enough to explain a failure, whatever a program writes. */
const OUTPUT_LIMIT = 1 << 20;

/**
 * Runs a program to its end. A program that is not there gives `code: null`;
 * nothing throws but the signal's reason.
 */
export async function runCommand(
  command: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  options.signal?.throwIfAborted();
  const [program = "", ...args] = command;
  const result = await new Promise<CommandResult>((done) => {
    let stdout = "";
    let stderr = "";
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      signal: options.signal,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    child.stdout.setEncoding("utf8").on(
      "data",
      (text: string) => stdout = (stdout + text).slice(-OUTPUT_LIMIT),
    );
    child.stderr.setEncoding("utf8").on(
      "data",
      (text: string) => stderr = (stderr + text).slice(-OUTPUT_LIMIT),
    );
    // Node's own would keep the process alive where there is no such program.
    const limit = options.timeoutMs === undefined
      ? undefined
      : setTimeout(() => child.kill(), options.timeoutMs);
    child.on("error", (error) => {
      clearTimeout(limit);
      done({ code: null, stdout, stderr: stderr || error.message });
    });
    child.on("close", (code) => {
      clearTimeout(limit);
      done({ code, stdout, stderr });
    });
  });
  options.signal?.throwIfAborted();
  return result;
}

/** The last line of a program's output that says something. */
export function lastLine(result: CommandResult): string {
  const lines = `${result.stdout}\n${result.stderr}`.split("\n").map((line) =>
    line.trim()
  ).filter(Boolean);
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ??
    "no output";
}
