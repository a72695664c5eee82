/**
 * Programs that tests start. One that ends by a signal that nobody here sent,
 * or before it has said what is waited for, fails its test with the command, its
 * last output and its core's stack; and where a test fails by itself, its error
 * has what its programs said.
 *
 * @module
 */

import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describeDeath, describeEnd } from "./death.ts";

/** The command line's script. */
export const BIN: string = fileURLToPath(
  new URL("../../core/cli/bin.mjs", import.meta.url),
);

/** How a program is started. */
export interface ChildOptions {
  /** Default: that of this process. */
  readonly cwd?: string;
  /** Beside the variables of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Makes it the head of a process group. */
  readonly detached?: boolean;
  /** Whatever signal ends it is meant to. */
  readonly mayDie?: boolean;
  /** It has printed a line. */
  readonly onLine?: () => void;
}

/** A program that has ended. */
export interface ChildEnd {
  /** Null where it was killed, as it may be. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export interface Child {
  readonly pid: number;
  /** What it has printed so far, on both streams. */
  readonly lines: readonly string[];
  /**
   * The next line with `text` in it, after the one that was waited for before.
   *
   * @throws {Error} where it ends without.
   */
  until(text: string): Promise<string>;
  /** Sends a signal, and waits for its end. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Its end; rejects where it was a signal that `kill` has not sent. */
  readonly ended: Promise<ChildEnd>;
}

/** Null where these are not tests. */
const vitest = process.env["VITEST"] === undefined
  ? null
  : await import("vitest").catch(() => null);
/** Letters of a command that a message shows. */
const WIDTH = 200;

/** Starts the program `[file, ...args]`, with nothing to read. */
export function startChild(
  command: readonly string[],
  options: ChildOptions = {},
): Child {
  const { cwd = process.cwd(), env = {}, detached = false } = options;
  const [file = "", ...args] = command;
  const started = Date.now();
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached,
  });
  const said = { stdout: "", stderr: "" };
  const lines: string[] = [];
  const news = new EventEmitter().setMaxListeners(0);
  for (const name of ["stdout", "stderr"] as const) {
    const stream = child[name].setEncoding("utf8");
    stream.on("data", (text) => said[name] += text);
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      options.onLine?.();
      news.emit("some");
    });
  }
  const sent = new Set<NodeJS.Signals>();
  let heard = 0;
  let isOver = false;
  const gone = new Promise((resolve) => {
    child.once("exit", resolve).once("error", resolve);
  });
  const closed = once(child, "close").then(([code, signal]) => ({
    pid: child.pid,
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    output: lines.join("\n"),
    cwd,
    started,
  }));
  const name = nameOf(command);
  tellOfFailures(name, () => {
    const { exitCode: code, signalCode: signal } = child;
    return describeEnd(name, { code, signal, output: lines.join("\n") });
  });
  const ended = closed.then(async (end): Promise<ChildEnd> => {
    if (end.signal !== null && !options.mayDie && !sent.has(end.signal)) {
      throw new Error(await describeDeath(name, end));
    }
    return { code: end.code, ...said };
  });

  closed.then(() => isOver = true, () => isOver = true)
    .then(() => news.emit("some"));
  return {
    // Where it could not be started, its end says why.
    pid: child.pid ?? -1,
    lines,
    until: async (text) => {
      for (;;) {
        while (heard < lines.length) {
          const line = lines[heard++]!;
          if (line.includes(text)) return line;
        }
        if (isOver) {
          const end = await closed;
          const what = `Before "${text}" was said, ${name}`;
          throw new Error(await describeDeath(what, end));
        }
        await once(news, "some");
      }
    },
    kill: async (signal = "SIGKILL") => {
      sent.add(signal);
      child.kill(signal);
      await gone;
    },
    ended,
  };
}

/**
 * Runs a program to its end, with whatever exit code.
 *
 * @throws {Error} where it ends by a signal.
 */
export async function runChild(
  command: readonly string[],
  options?: ChildOptions,
): Promise<ChildEnd> {
  return await startChild(command, options).ended;
}

/** Runs the command line: `run --dry`. */
export function runCli(
  words: readonly string[],
  options?: ChildOptions,
): Promise<ChildEnd> {
  return runChild([process.execPath, BIN, ...words], options);
}

/**
 * What a program prints to stdout.
 *
 * @throws {Error} where it does not exit with 0.
 */
export async function outputOf(
  command: readonly string[],
  options?: ChildOptions,
): Promise<string> {
  const { code, stdout, stderr } = await runChild(command, options);
  if (code === 0) return stdout;
  const end = { code, signal: null, output: stdout + stderr };
  throw new Error(describeEnd(nameOf(command), end));
}

/** Where the test fails, its error has what the program said, too. */
export function tellOfFailures(name: string, tell: () => string): void {
  try {
    vitest?.onTestFailed(({ task }) => {
      const [error] = task.result?.errors ?? [];
      if (error === undefined || error.message.includes(name)) return;
      error.message = `${error.message}\n\n${tell()}`;
    });
  } catch {
    // It was started for several tests.
  }
}

function nameOf([file = "", ...args]: readonly string[]): string {
  const name = [basename(file), ...args].join(" ").replaceAll(/\s+/g, " ");
  return name.length > WIDTH ? `${name.slice(0, WIDTH)} ...` : name;
}
