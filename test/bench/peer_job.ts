/**
 * The whole job, everything on, from start to figures, against PyTorch's: four
 * priors, two at a time with one thread each.
 *
 * @module
 */

import { join } from "node:path";
import { readRecord } from "../../core/runs/record.ts";
import type { BenchOptions } from "./bench.ts";
import { pythonWith } from "./contenders.ts";
import type { Section } from "./figures_file.ts";
import { CLI, inNewFolder } from "./job.ts";
import { MODELS, SEED_MODELS } from "./models.ts";
import { run } from "./process.ts";
import { figure, table } from "./table.ts";

/** Wall and processor time of some programs. */
interface Times {
  readonly seconds: number;
  readonly cpu: number;
}

/** One process after the other, `count` at a time. */
const SIDE_BY_SIDE = 2;

/** Our job and theirs, once each, with what stages of ours take. */
export async function peerJob(options: BenchOptions): Promise<Section> {
  const epochs = options.quick ? 1 : 20;
  const python = await pythonWith("import torch, numpy", options.pythons);
  const ours = await ourJob(epochs);
  const theirs = python === undefined
    ? null
    : await theirJob(python, { ...options, epochs });
  const rows = [["ours, all stages", ...cells(ours.times)]];
  if (theirs !== null) {
    rows.push(["PyTorch eager", ...cells(theirs)]);
    rows.push([
      "ratio",
      figure(ours.times.seconds / theirs.seconds),
      figure(ours.times.cpu / theirs.cpu),
    ]);
  }
  const total = Object.values(ours.stages).reduce((sum, one) => sum + one, 0);
  const stages = Object.entries(ours.stages).sort(([, a], [, b]) => b - a);
  return {
    markdown: [
      `### The whole job, ${epochs} epochs`,
      ...(theirs === null ? ["_PyTorch is not installed: skipped_"] : []),
      "",
      table(["", "seconds", "processor seconds"], rows),
      "",
      "Where ours spends its workers' time:",
      "",
      table(
        ["stage", "seconds", "share"],
        stages.map(([name, seconds]) => [
          name,
          figure(seconds, 1),
          `${figure(100 * seconds / total, 0)} %`,
        ]),
      ),
    ].join("\n"),
    figures: {
      seconds: ours.times.seconds,
      "processor seconds": ours.times.cpu,
      ...ours.stages,
    },
  };
}

function ourJob(
  epochs: number,
): Promise<{ times: Times; stages: Readonly<Record<string, number>> }> {
  return inNewFolder(async (outputs) => {
    const times = await timed([
      process.execPath,
      CLI,
      "run",
      "--set",
      `outputs=${outputs}`,
      "--set",
      `train.epochs=${epochs}`,
    ]);
    const record = await readRecord(join(outputs, "latest", "record.json"));
    const stages: Record<string, number> = {};
    for (const { name, ms } of record.stages) {
      stages[name] = (stages[name] ?? 0) + ms / 1000;
    }
    return { times, stages };
  });
}

async function theirJob(
  python: string,
  { peers, epochs }: Pick<BenchOptions, "peers"> & { readonly epochs: number },
): Promise<Times> {
  const start = performance.now();
  const waiting = SEED_MODELS.map((name) => MODELS[name].peer[1]!);
  let cpu = 0;
  const work = async () => {
    for (let prior = waiting.shift(); prior; prior = waiting.shift()) {
      const script = `${peers}job_torch.py`;
      cpu += (await timed([python, script, prior, String(epochs), "1"])).cpu;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return { seconds: (performance.now() - start) / 1000, cpu };
}

/** Runs a command; its children's processor time counts. */
async function timed(command: readonly string[]): Promise<Times> {
  const script = `TIMEFORMAT='%U %S'; time "$@"`;
  const { code, stderr, ms } = await run("bash", [
    "-c",
    script,
    "-",
    ...command,
  ]);
  if (code !== 0) throw new Error(stderr);
  const [user, system] = stderr.trim().split("\n").at(-1)!.split(" ").map(
    Number,
  );
  return { seconds: ms / 1000, cpu: user! + system! };
}

function cells({ seconds, cpu }: Times): string[] {
  return [figure(seconds, 1), figure(cpu, 1)];
}
