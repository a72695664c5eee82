/**
 * What is said of a process that ended as it should not: how, its last words,
 * and where it was, if it has left a core.
 *
 * @module
 */

import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** A process that has ended. */
export interface EndedProcess {
  readonly pid: number | undefined;
  /** Null where it was a signal. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it wrote, on both streams. */
  readonly output: string;
  /** Where it ran, and so where its core may be. */
  readonly cwd: string;
  /** When it started, in milliseconds since 1970. */
  readonly started: number;
}

/** Lines of output and of a stack that are shown. */
const LINES = 40;
const GDB_MS = 120_000;

/** Says how `what` ended, if it has, and what it wrote last. */
export function describeEnd(
  what: string,
  { code, signal, output }: Pick<EndedProcess, "code" | "signal" | "output">,
): string {
  const how = signal !== null
    ? `ended by signal ${signal}`
    : code === null
    ? "has not ended"
    : `ended with exit code ${code}`;
  const words = output.trimEnd().split("\n").slice(-LINES).join("\n");
  const last = words === "" ? "It wrote nothing" : `Its last output:\n${words}`;
  return `${what} ${how}\n\n${last}`;
}

/** The same, and where it was when a signal ended it, if it has left a core. */
export async function describeDeath(
  what: string,
  ended: EndedProcess,
): Promise<string> {
  const end = describeEnd(what, ended);
  return ended.signal === null ? end : `${end}\n\n${await describeCore(ended)}`;
}

async function describeCore(ended: EndedProcess): Promise<string> {
  const core = findCore(ended);
  if (core === null) {
    return 'It left no core where one was looked for; "ulimit -c unlimited" before the tests has the system keep them';
  }
  const words = ["--batch", "--nx", "-ex", "bt", process.execPath, core];
  const found = await new Promise<string | null>((done) =>
    execFile(
      "gdb",
      words,
      { timeout: GDB_MS, maxBuffer: 1 << 26 },
      (error, stdout) => done(error === null ? stdout : null),
    )
  );
  const lines = (found ?? "").split("\n").filter((line) => /^#\d/.test(line));
  // The first frame is shown when a core is opened, too.
  const frames = lines.slice(lines.findLastIndex((line) => /^#0 /.test(line)));
  return frames.length === 0
    ? `Its core is ${core}, of which gdb tells nothing here`
    : `Its stack, by gdb from ${core}:\n${frames.slice(0, LINES).join("\n")}`;
}

/** The newest file that the system may have called its core. */
function findCore({ pid, cwd, started }: EndedProcess): string | null {
  const pattern = readSetting("core_pattern");
  // Else another program was given it.
  if (pattern === null || pattern.startsWith("|")) return null;
  const place = resolve(cwd, pattern);
  const name = basename(place)
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")
    .replaceAll(/%(.)/g, (_, what) => what === "p" ? `${pid}` : ".*");
  const isCore = new RegExp(`^${name}(\\.${pid})?$`);
  const found = namesIn(dirname(place)).filter((name) => isCore.test(name))
    .map((name) => join(dirname(place), name))
    .map((file) => ({ file, time: statSync(file).mtimeMs }))
    .filter(({ time }) => time >= started)
    .sort((a, b) => b.time - a.time);
  return found[0]?.file ?? null;
}

/** A setting of Linux's kernel; null on other systems. */
function readSetting(name: string): string | null {
  try {
    return readFileSync(`/proc/sys/kernel/${name}`, "utf8").trim();
  } catch {
    return null;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
