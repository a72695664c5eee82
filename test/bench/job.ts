/** The four-prior job end to end, and starting up. @module */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchOptions } from "./bench.ts";
import { type Outcome, run } from "./process.ts";
import { figure, median, table } from "./table.ts";

const CLI = "core/cli/bin.mjs";

/** Wall time of the default job, shortened, side by side against one after another. */
export async function job(options: BenchOptions): Promise<string> {
  const modes = ["one after another", "side by side"] as const;
  const times: Record<(typeof modes)[number], number[]> = {
    "one after another": [],
    "side by side": [],
  };
  for (let round = 0; round < options.rounds; round++) {
    for (const mode of modes) {
      const alone = mode === "one after another";
      // Alone, a run has the whole machine: both of its threads.
      const args = alone ? ["--concurrency", "1", "--threads", "2"] : [];
      times[mode].push(
        (await inNewFolder((outputs) => shortJob(outputs, options, args))).ms /
          1000,
      );
    }
  }
  const ratio = median(
    times["side by side"].map((ms, i) => ms / times["one after another"][i]!),
  );
  return [
    `## The four-prior job, ${epochs(options)} epochs, seconds`,
    "",
    table(
      ["", "seconds"],
      modes.map((mode) => [mode, figure(median(times[mode]), 1)]),
    ),
    "",
    `Side by side against one after another: ${figure(ratio)}`,
  ].join("\n");
}

/** Wall time of commands that have nothing to do. */
export async function startUp(options: BenchOptions): Promise<string> {
  return await inNewFolder(async (outputs) => {
    await shortJob(outputs, { ...options, quick: true }, []);
    const cached = jobArguments(outputs, { ...options, quick: true }, []);
    const commands: Readonly<Record<string, readonly string[]>> = {
      "`--help`": ["--help"],
      "`status`, everything cached": ["status", ...cached.slice(1)],
      "`run`, everything cached": cached,
    };
    const rows: string[][] = [];
    for (const [name, args] of Object.entries(commands)) {
      await run(process.execPath, [CLI, ...args]);
      const times: number[] = [];
      for (let round = 0; round < 2 * options.rounds + 1; round++) {
        times.push((await run(process.execPath, [CLI, ...args])).ms / 1000);
      }
      rows.push([name, figure(median(times))]);
    }
    return `## Start-up, seconds\n\n${table(["command", "seconds"], rows)}`;
  });
}

function epochs({ quick }: BenchOptions): number {
  return quick ? 1 : 5;
}

function jobArguments(
  outputs: string,
  options: BenchOptions,
  extra: readonly string[],
): string[] {
  return [
    "run",
    "--set",
    `outputs=${outputs}`,
    "--set",
    `train.epochs=${epochs(options)}`,
    "--set",
    "evaluate.nllImages=200",
    ...extra,
  ];
}

async function shortJob(
  outputs: string,
  options: BenchOptions,
  extra: readonly string[],
): Promise<Outcome> {
  const outcome = await run(process.execPath, [
    CLI,
    ...jobArguments(outputs, options, extra),
  ]);
  if (outcome.code !== 0) throw new Error(outcome.stderr);
  return outcome;
}

async function inNewFolder<T>(
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "vae-priors-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
