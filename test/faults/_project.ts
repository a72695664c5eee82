/**
 * A project of fast stages in a folder of its own, run by real processes.
 *
 * @module
 */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runCommand } from "../processes/command.ts";
import type { Fault, FaultOptions } from "./_fault.ts";

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const HOOK = new URL("./hook.mjs", import.meta.url).href;
const PROGRAMS = {
  /** The command line, report and all. */
  cli: fileOf("../../core/cli/bin.mjs"),
  /** The stages alone. */
  stages: fileOf("./run_stages.mjs"),
};

/** What is started. */
export type Program = keyof typeof PROGRAMS;

/** How a process is started. */
interface StartOptions {
  readonly program?: Program;
  /** Flags of the command line, or of `run_stages.mjs`. */
  readonly args?: readonly string[];
  readonly fault?: FaultOptions;
}

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  /** The call at which the fault happened, or null: it did not. */
  readonly fired: string | null;
}

/** A process, head of a group of its own. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** A project in a folder of its own. */
export interface FaultProject {
  /** The folder that a process has as its working directory. */
  readonly folder: string;
  readonly outputs: string;
  start(options?: StartOptions): Started;
  /**
   * Without a fault, it is not a process of its own.
   *
   * @throws {Error} where it dies without a fault.
   */
  run(options?: StartOptions): Promise<Ended>;
  /** Waits for workers that outlive a killed runner: they end when they hear of it. */
  calm(): Promise<void>;
  /** Keeps the outputs under a name. */
  save(name: string): void;
  /** Puts the outputs of that name back; null: none. */
  restore(name: string | null): void;
  /** Puts an edited source or data file back as it was. */
  restoreSource(file: string): void;
  remove(): void;
}

/** Makes one. */
export function createProject(): FaultProject {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "faults-")));
  const folder = join(home, "project");
  const outputs = join(folder, "outputs");
  let starts = 0;
  const groups = new Set<number>();
  const start = ({ program = "cli", args, fault }: StartOptions = {}) => {
    const fired = join(home, `fired-${++starts}`);
    const given: Fault | null = fault === undefined
      ? null
      : { role: "any", calls: "write", ...fault, root: outputs, fired };
    const words = program === "cli" ? ["run", "--quiet"] : [];
    const child = spawn(
      process.execPath,
      [PROGRAMS[program], ...words, ...args ?? []],
      {
        cwd: folder,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: given === null ? process.env : {
          ...process.env,
          NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=${HOOK}`,
          FAULT: JSON.stringify(given),
        },
      },
    );
    groups.add(child.pid!);
    return { child, ended: endOf(child, fired) };
  };
  const calm = async () => {
    while (livingGroups().some((group) => groups.has(group))) await delay(20);
  };
  const run = async (options: StartOptions = {}) => {
    if (options.fault !== undefined) return await start(options).ended;
    const { program = "cli", args = [] } = options;
    return await runUndisturbed(program, args, folder);
  };
  const copy = (from: string, to: string) =>
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  copy(fileOf("./project/"), folder);
  return {
    folder,
    outputs,
    start,
    run,
    calm,
    save: (name) => copy(outputs, join(home, name)),
    restore: (name) => {
      rmSync(outputs, { recursive: true, force: true });
      if (name !== null) copy(join(home, name), outputs);
    },
    restoreSource: (file) =>
      copy(fileOf(`./project/${file}`), join(folder, file)),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** In a process that has run others before. */
async function runUndisturbed(
  program: Program,
  args: readonly string[],
  cwd: string,
): Promise<Ended> {
  const { code, stdout: out, stderr: err } = program === "cli"
    ? await runCommand(["run", "--quiet", ...args], { cwd })
    : await runCommand(args, { cwd, program: PROGRAMS[program] });
  return { code, signal: null, out, err, fired: null };
}

/** SIGKILL to a process, or to a group by its negative; false: it had ended. */
export function sendKill(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}

/** Groups that somebody is in who has not ended. */
function livingGroups(): readonly number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pgid=,stat="], {
    encoding: "utf8",
  });
  return stdout.trim().split("\n").map((line) => line.trim().split(/\s+/))
    .flatMap(([group, state]) => state!.startsWith("Z") ? [] : [Number(group)]);
}

async function endOf(child: ChildProcess, fired: string): Promise<Ended> {
  const texts = { out: "", err: "" };
  child.stdout!.on("data", (data) => texts.out += data);
  child.stderr!.on("data", (data) => texts.err += data);
  // "close" and not "exit": all that it said must have been read. Workers that
  // outlive it have pipes of their own.
  const [code, signal] = await once(child, "close");
  return {
    code,
    signal,
    ...texts,
    fired: existsSync(fired) ? readFileSync(fired, "utf8").trim() : null,
  };
}
