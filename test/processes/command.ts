/**
 * Commands in a process that has run others before: what a command says and
 * does is tested in a tenth of the time that it takes to start one.
 *
 * What is about the process (signals, who has started it, what of it others
 * see, how it dies) is tested by `runCli`.
 *
 * @module
 */

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  BIN,
  type ChildEnd,
  type ChildOptions,
  runChild,
  tellOfFailures,
} from "./child.ts";
import { describeDeath } from "./death.ts";

/** What the process is sent. */
export interface Request {
  readonly program?: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const HOST = fileURLToPath(new URL("./command_host.mjs", import.meta.url));

interface Host {
  readonly child: ChildProcess;
  readonly started: number;
  output: string;
}

let host: Host | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Where and how a command is run. */
export interface CommandOptions extends Pick<ChildOptions, "cwd" | "env"> {
  /**
   * Another program than the command line: a script that does nothing where it
   * is imported, and exports `run`, from the core's modules to an exit code.
   */
  readonly program?: string;
}

/** Runs the command line to its end: `run --dry`. */
export async function runCommand(
  words: readonly string[],
  { cwd = process.cwd(), env = {}, program }: CommandOptions = {},
): Promise<ChildEnd> {
  const url = program === undefined
    ? {}
    : { program: pathToFileURL(program).href };
  const request = { ...url, words, cwd, env: { ...process.env, ...env } };
  const end = last.then(() => ask(request));
  last = end.catch(() => {});
  const { code, stdout, stderr } = await end;
  // Somebody's module cannot run beside the bundle; nothing has been done.
  if (code === null) {
    const command = [process.execPath, program ?? BIN, ...words];
    return await runChild(command, { cwd, env });
  }
  const name = words.join(" ");
  tellOfFailures(name, () => `${name} ended with ${code}\n${stdout}${stderr}`);
  return { code, stdout, stderr };
}

async function ask(request: Request): Promise<ChildEnd> {
  const { child, started } = host ??= startHost();
  const over = new AbortController();
  const { signal: isOver } = over;
  child.ref();
  child.channel?.ref();
  try {
    child.send(request);
    return await Promise.race([
      once(child, "message", { signal: isOver }).then(([end]) => end),
      once(child, "close", { signal: isOver }).then(async ([code, signal]) => {
        const output = host?.output ?? "";
        host = undefined;
        const { pid } = child;
        const { words, cwd } = request;
        const ended = { pid, code, signal, output, cwd, started };
        throw new Error(await describeDeath(words.join(" "), ended));
      }),
    ]);
  } finally {
    over.abort();
    child.unref();
    child.channel?.unref();
  }
}

/** It ends with this process, and keeps it only while it runs a command. */
function startHost(): Host {
  const child = fork(HOST, {
    // Not as this process, which may run from the sources.
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const made: Host = { child, started: Date.now(), output: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (data) => made.output += data);
    (stream as { unref?(): void } | null)?.unref?.();
  }
  return made;
}
