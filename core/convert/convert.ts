/**
 * Writes what the store has of a plan in other formats.
 *
 * @module
 */

import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { commandLine } from "../command_line.ts";
import { startEngine } from "../engine/start.ts";
import { UserError } from "../errors.ts";
import { replaceFolder } from "../report/replace_folder.ts";
import { codeOf } from "../store/files.ts";
import type { Plan } from "../pipeline/types.ts";
import { resultsTable } from "./csv.ts";
import type { ConvertedRun, Format } from "./format.ts";
import { readRuns } from "./runs.ts";

/** Options of {@link convertPlan}. */
export interface ConvertOptions {
  readonly formats: readonly Format[];
  /** Folder to be replaced. */
  readonly directory: string;
  readonly weights: "last" | "best";
  /** Hears of runs that are left out, and of formats that a run does not fit. */
  readonly onNote: (note: string) => void;
}

/**
 * Writes each run that has been trained into a folder of its own.
 *
 * @returns the runs' ids
 * @throws {UserError} where no run has been trained, or the engine is missing.
 */
export async function convertPlan(
  plan: Plan,
  { formats, directory, weights, onNote }: ConvertOptions,
): Promise<readonly string[]> {
  await refuseForeign(directory);
  await startFor(formats, plan);
  const runs: ConvertedRun[] = [];
  await replaceFolder(directory, async (draft) => {
    const write = async (path: string, data: Uint8Array | string) => {
      const file = join(draft, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, data);
    };
    for await (const run of readRuns(plan, { weights, onNote })) {
      runs.push(run);
      for (const format of formats) {
        const note = (note: string) =>
          onNote(`${run.plan.label}, ${format.name}: ${note}`);
        for (const { path, data } of await format.files(run, note)) {
          await write(`${run.plan.id}/${path}`, data);
        }
      }
    }
    if (runs.length === 0) {
      throw new UserError(
        "Cannot convert: no run of this config has been trained",
        { hint: `Run ${commandLine("run")} first, with the same flags` },
      );
    }
    const record = {
      plan: plan.id,
      formats: formats.map(({ name }) => name),
      weights,
    };
    await write(RECORD, `${JSON.stringify(record, null, 2)}\n`);
    if (formats.some(({ name }) => name === "csv")) {
      await write("results.csv", resultsTable(runs));
    }
  });
  return runs.map(({ plan }) => plan.id);
}

/** Tells a folder that may be replaced. */
const RECORD = "converted.json";

async function refuseForeign(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error): string[] => {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  });
  if (names.length === 0 || names.includes(RECORD)) return;
  throw new UserError(
    `Cannot replace "${directory}": it holds other files (no ${RECORD} among them)`,
    { hint: "Name a new folder with --out" },
  );
}

async function startFor(
  formats: readonly Format[],
  plan: Plan,
): Promise<void> {
  const native = formats.find(({ engine }) => engine === "native");
  if (native === undefined) {
    if (formats.some(({ engine }) => engine === "any")) {
      await startEngine(plan.engine, { threads: 1 });
    }
    return;
  }
  try {
    await startEngine("native", { threads: 1 });
  } catch (cause) {
    throw new UserError(
      `Cannot convert to ${native.name}: it takes the native engine, which does not start here`,
      {
        cause,
        hint: `See ${commandLine("doctor")}, or name other formats with --to`,
      },
    );
  }
}
