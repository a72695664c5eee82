/**
 * Trainings through the command line, in a process group of their own, that can
 * be killed.
 *
 * @module
 */

import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../core/cli/bin.mjs", import.meta.url));

/** A folder with a config; `VAE_PRIORS_CHECKPOINT_SECONDS` is `seconds`. */
export interface Job {
  readonly folder: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly seconds: number;
}

/** Who gets SIGKILL: everybody at once, as at a power cut, or one of them. */
export type Victim = "all" | "runner" | "worker";

/** When, and whom. */
export interface Kill {
  readonly victim: Victim;
  /** After the first training has started. */
  readonly ms: number;
}

/** What became of a command. */
export interface RunEnd {
  readonly code: number | null;
  /** Milliseconds from the start of the first training to the end. */
  readonly ms: number;
  /** Title of a training to the step that it went on after; 0 for none. */
  readonly resumed: ReadonlyMap<string, number>;
  readonly output: string;
}

/** Runs the job's trainings; kills them, unless they are done before. */
export async function runTrainings(
  job: Job,
  { kill, workers }: { readonly kill?: Kill; readonly workers: number },
): Promise<RunEnd> {
  const config = join(job.folder, "pipeline.config.json");
  writeFileSync(config, JSON.stringify(job.config));
  const child = spawn(
    process.execPath,
    [BIN, "run", "--to", "train", "--concurrency", String(workers)],
    {
      cwd: job.folder,
      detached: true,
      env: {
        ...process.env,
        VAE_PRIORS_CHECKPOINT_SECONDS: String(job.seconds),
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const closed = new Promise<number | null>((resolve) =>
    child.on("close", resolve)
  );
  const lines: string[] = [];
  const resumed = new Map<string, number>();
  let started: number | undefined;
  const hear = (line: string) => {
    lines.push(line);
    const [, title] = /^(train.*): started/.exec(line) ?? [];
    if (title !== undefined) {
      resumed.set(title, 0);
      if (started === undefined) {
        started = performance.now();
        if (kill !== undefined) void strike(child.pid!, kill);
      }
    }
    const [, whose, step] = /^(train.*): goes on .* after step (\d+)/
      .exec(line) ?? [];
    if (whose !== undefined) resumed.set(whose, Number(step));
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", hear);
  }
  const code = await closed;
  const ms = started === undefined ? 0 : performance.now() - started;
  return { code, ms, resumed, output: lines.join("\n") };
}

/** Digests of files, by the key of the training. */
export type Digests = Readonly<Record<string, unknown>>;

/** Every file of every training in the store, as its manifest has it, by stage key. */
export function trainedDigests({ folder }: Job): Digests {
  const stage = join(folder, "outputs/store/train");
  return Object.fromEntries(
    readdirSync(stage).sort().map((key) => {
      const path = join(stage, key, "manifest.json");
      return [key, JSON.parse(readFileSync(path, "utf8")).files];
    }),
  );
}

/** Removes all trainings, and what attempts at them left. */
export function forgetTrainings({ folder }: Job): void {
  for (const part of ["train", ".attempts"]) {
    const path = join(folder, "outputs/store", part);
    rmSync(path, { recursive: true, force: true });
  }
}

async function strike(runner: number, { ms, victim }: Kill): Promise<void> {
  await delay(ms);
  // A process group has the number of its first process, negative.
  const victims = victim === "all"
    ? [-runner]
    : victim === "runner"
    ? [runner]
    : childrenOf(runner).slice(0, 1);
  for (const pid of victims) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // Done already.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

function childrenOf(parent: number): readonly number[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .trim().split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, ppid]) => ppid === parent ? [pid!] : []);
}
