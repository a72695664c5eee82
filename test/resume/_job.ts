/**
 * Trainings through the command line, in a process group of their own, that can
 * be killed.
 *
 * @module
 */

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BIN, startChild } from "../processes/child.ts";

const STRIKE = new URL("./_strike.mjs", import.meta.url).href;

/** A folder with a config. */
export interface Job {
  readonly folder: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Between checkpoints; with 0 there is one after each step of a run that is killed. */
  readonly seconds: number;
}

/** Who gets SIGKILL: everybody at once, as at a power cut, or one of them. */
export type Victim = "all" | "runner" | "worker";

/** When, and whom. */
export interface Kill {
  readonly victim: Victim;
  /** When one of the workers has saved so many. */
  readonly checkpoints: number;
  /** And so many milliseconds later. */
  readonly ms: number;
}

/** What became of a command. */
export interface RunEnd {
  readonly code: number | null;
  /** Milliseconds from the start of the first training to the end. */
  readonly ms: number;
  /** Title of a training to the last step that it went on after; 0 for none. */
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
  const words = ["run", "--to", "train", "--concurrency", String(workers)];
  const child = startChild([process.execPath, BIN, ...words], {
    cwd: job.folder,
    detached: true,
    env: environmentOf(job, kill),
    mayDie: kill !== undefined,
  });
  const begun = child.until("train ")
    .then(() => performance.now(), () => undefined);
  const { code } = await child.ended;
  const ms = performance.now() - (await begun ?? performance.now());
  const resumed = new Map<string, number>();
  for (const line of child.lines) {
    const [, title] = /^(train.*): started/.exec(line) ?? [];
    if (title !== undefined) resumed.set(title, 0);
    const [, whose, step] = /^(train.*): goes on .* after step (\d+)/
      .exec(line) ?? [];
    if (whose !== undefined) resumed.set(whose, Number(step));
  }
  return { code, ms, resumed, output: child.lines.join("\n") };
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

function environmentOf({ seconds }: Job, kill: Kill | undefined) {
  const interval = { VAE_PRIORS_CHECKPOINT_SECONDS: String(seconds) };
  return kill === undefined ? interval : {
    ...interval,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=${STRIKE}`,
    STRIKE: JSON.stringify({ ...kill, everyStep: seconds === 0 }),
  };
}
