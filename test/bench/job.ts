/** The four-prior job end to end, and starting up. @module */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchOptions } from "./bench.ts";
import type { Section } from "./figures_file.ts";
import { type Outcome, run } from "./process.ts";
import { figure, median, table } from "./table.ts";

export const CLI = "core/cli/bin.mjs";

/** How the four runs of the job may go, and the flags for it. */
const MODES = {
  "one after another, one thread": ["--concurrency", "1"],
  "one after another, two threads": ["--concurrency", "1", "--threads", "2"],
  "side by side, one thread each": [],
} as const;
type Mode = keyof typeof MODES;

/** Wall time of the default job, shortened, side by side against one after another. */
export async function job(options: BenchOptions): Promise<Section> {
  const names = Object.keys(MODES) as Mode[];
  const times = new Map<Mode, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const name of names) {
      const { ms } = await inNewFolder((outputs) =>
        shortJob(outputs, options, MODES[name])
      );
      times.get(name)!.push(ms / 1000);
    }
  }
  const side = times.get("side by side, one thread each")!;
  const medians = names.map((name) =>
    [name, median(times.get(name)!)] as const
  );
  const rows = medians.map(([name, seconds]) => [
    name,
    figure(seconds, 1),
    figure(median(side.map((own, i) => own / times.get(name)![i]!))),
  ]);
  return {
    markdown: `### The four-prior job, ${
      epochs(options)
    } epochs, start to end\n\n${
      table(["", "seconds", "side by side against it"], rows)
    }`,
    figures: Object.fromEntries(medians),
  };
}

/** Wall time of commands that have nothing to do. */
export async function startUp(options: BenchOptions): Promise<Section> {
  return await inNewFolder(async (outputs) => {
    await shortJob(outputs, { ...options, quick: true }, []);
    const cached = jobArguments(outputs, { ...options, quick: true }, []);
    const commands: Readonly<Record<string, readonly string[]>> = {
      "`--help`": ["--help"],
      "`status`, everything cached": ["status", ...cached.slice(1)],
      "`run`, everything cached": cached,
    };
    const rows: string[][] = [];
    const figures: Record<string, number> = {};
    for (const [name, args] of Object.entries(commands)) {
      await run(process.execPath, [CLI, ...args]);
      const times: number[] = [];
      for (let round = 0; round < 2 * options.rounds + 1; round++) {
        times.push((await run(process.execPath, [CLI, ...args])).ms / 1000);
      }
      figures[name] = median(times);
      rows.push([name, figure(figures[name])]);
    }
    const markdown = `### Start-up\n\n${table(["command", "seconds"], rows)}`;
    return { markdown, figures };
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

/** Runs the command line in a process of its own; @throws where it fails. */
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

/** Does `work` in a temporary folder, which goes afterwards. */
export async function inNewFolder<T>(
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "vae-priors-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
