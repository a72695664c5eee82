/**
 * npm and its like start a command by a shell, and a signal that ends the one or
 * the other does not reach the command: it would go on, with its locks, and
 * nobody knew. So it ends when they do.
 *
 * What was started without them, or has left their session, is meant to outlive
 * whoever started it.
 *
 * @module
 */

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { isAlive, markOf, type ProcessMark } from "../lib/owner.ts";
import { starters as atFirst } from "../load/starter.mjs";

/** What started this process. */
export interface Launcher {
  /** Whether it, or the shell between, has died. */
  isGone(): boolean;
}

/** A process, as the system tells of it. */
interface Process {
  readonly parent: number;
  readonly session: string;
  readonly words: readonly string[];
}

const LAUNCHERS =
  /^(?:npm|npx|pnpm|pnpx|yarn|yarnpkg|bun|bunx)(?:-[\w.]+)?(?:\.[cm]?js)?$/;
const SHELLS = /^-?(?:sh|bash|dash|ash|zsh|ksh|busybox)$/;
const POLL_MS = 500;
/** Shells between. */
const DEPTH = 3;

const listeners = new Set<() => void>();
let launcher: Launcher | null = null;

/**
 * Has this process end as by TERM when the npm dies that has started it, until
 * disposed of; `starters` are the ids of its parent, the parent's parent and so
 * on, as they were at first; default when this module was loaded.
 */
export function endWithLauncher(
  starters: readonly number[] = atFirst,
): Disposable {
  const timer = setInterval(() => {
    if (!launcher?.isGone()) return;
    clearInterval(timer);
    if (listeners.size === 0) process.kill(process.pid, "SIGTERM");
    for (const listener of listeners) listener();
  }, POLL_MS);
  timer.unref();
  findLauncher(process.env, starters).then((found) => launcher = found);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Calls `listener` in place of that end, until the function it gives is called. */
export function whenLauncherIsGone(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether npm has started this process; it passes signals on. */
export function hasLauncher(): boolean {
  return launcher !== null;
}

/** npm, where it has started this process, be it dead by now. */
export async function findLauncher(
  env: NodeJS.ProcessEnv = process.env,
  starters: readonly number[] = atFirst,
): Promise<Launcher | null> {
  const isOfNpm = env["npm_execpath"] ?? env["npm_lifecycle_event"] ??
    env["npm_config_user_agent"];
  if (isOfNpm === undefined || process.platform === "win32") return null;
  const own = await lookAt(process.pid);
  // Who leads a session has left that of npm.
  if (own === null || own.session === String(process.pid)) return null;
  const found = await lookUpwards(starters, own, env);
  return process.ppid === starters[0] ? found : GONE;
}

const GONE: Launcher = { isGone: () => true };

async function lookUpwards(
  starters: readonly number[],
  own: Process,
  env: NodeJS.ProcessEnv,
): Promise<Launcher | null> {
  const [parent = process.ppid] = starters;
  let pid = parent;
  let isOfScript = false;
  for (let depth = 0; depth <= DEPTH; depth++) {
    const found = await lookAt(pid);
    // Outside of what can be seen from here, in another container, say.
    if (found === null) return null;
    // A process is born into its parent's session: another one's has adopted it.
    const isAdopted = depth === 0 || isOfScript;
    if (found.session !== own.session) return isAdopted ? GONE : null;
    if (isLauncher(found.words)) return watched(parent, markOf(pid));
    if (!SHELLS.test(basename(found.words[0] ?? ""))) return null;
    isOfScript = runsScript(found.words, env);
    // Its parent has died, and another took it.
    if (found.parent !== (starters[depth + 1] ?? found.parent)) return GONE;
    pid = found.parent;
  }
  return null;
}

/** Whether a shell was started by npm, for its script. */
function runsScript(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): boolean {
  const script = env["npm_lifecycle_script"]?.trim().split(/\s+/) ?? [];
  return words[1] === "-c" && script.length > 0 && script[0] !== "" &&
    words.join(" ").includes(script.join(" "));
}

function watched(parent: number, mark: ProcessMark): Launcher {
  return { isGone: () => process.ppid !== parent || !isAlive(mark) };
}

/** npm calls itself `npm start`; others are Node with a script. */
function isLauncher(words: readonly string[]): boolean {
  const [program = "", script = ""] = words.map((word) => basename(word));
  return LAUNCHERS.test(program) ||
    (/^(?:node|nodejs)$/.test(program) && LAUNCHERS.test(script));
}

async function lookAt(pid: number): Promise<Process | null> {
  try {
    return process.platform === "linux"
      ? await readProcess(pid)
      : await askPs(pid);
  } catch {
    return null;
  }
}

async function readProcess(pid: number): Promise<Process> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8");
  // The second field, a name in brackets, may hold anything.
  const [, parent, , session = ""] = text.slice(text.lastIndexOf(")") + 2)
    .split(" ");
  return { parent: Number(parent), session, words: command.split(/[\0\s]+/) };
}

async function askPs(pid: number): Promise<Process> {
  const { stdout } = await promisify(execFile)("ps", [
    ...["-o", "ppid=", "-o", "sess=", "-o", "command="],
    ...["-p", String(pid)],
  ]);
  const [parent, session = "", ...words] = stdout.trim().split(/\s+/);
  return { parent: Number(parent), session, words };
}
