/**
 * Writes what the store has of a plan in other formats.
 *
 * @module
 */

import { commandLine } from "../lib/command_line.ts";
import { startEngine } from "../engine/start.ts";
import { UserError } from "../lib/errors.ts";
import type { Plan } from "../pipeline/types.ts";
import { csv, resultsTable } from "./csv.ts";
import type { ConvertedTrial, Format } from "./format.ts";
import { openOutput } from "./output_folder.ts";
import { readTrials } from "./trials.ts";
import type { Origin, Written } from "./written.ts";

/** Options of {@link convertPlan}. */
export interface ConvertOptions {
  readonly formats: readonly Format[];
  /** Folder that the trials' folders go to, among whatever else it holds. */
  readonly directory: string;
  readonly weights: "last" | "best";
  /** Hears of trials that are left out, and of formats that a trial does not fit. */
  readonly onNote: (note: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Writes each trial that has been trained into a folder of its own. Replaces what
 * it has written before of the same trials and formats, and nothing else.
 *
 * @returns the trials' ids
 * @throws {UserError} where no trial has been trained, the engine is missing, or
 * something is in the way; nothing has been written then.
 */
export async function convertPlan(
  plan: Plan,
  { formats, directory, weights, onNote, signal }: ConvertOptions,
): Promise<readonly string[]> {
  const output = await openOutput(directory);
  await startFor(formats, plan);
  const trials: ConvertedTrial[] = [];
  try {
    for await (const trial of readTrials(plan, { weights, onNote })) {
      trials.push(trial);
      for (const format of formats) {
        signal?.throwIfAborted();
        const origin = originOf(trial, format, weights);
        const note = (note: string) =>
          onNote(`${trial.plan.label}, ${format.name}: ${note}`);
        for (const { path, data } of await format.files(trial, note)) {
          await output.add(`${trial.plan.id}/${path}`, data, origin);
        }
      }
    }
    if (trials.length === 0) {
      throw new UserError(
        "Cannot convert: no trial of this config has been trained",
        { hint: `Run ${commandLine("run")} first, with the same flags` },
      );
    }
    if (formats.some(({ name }) => name === csv.name)) {
      const ofAll = {
        format: csv.name,
        trial: null,
        training: null,
        weights: null,
      };
      await output.add("results.csv", resultsTable(trials), ofAll);
    }
    signal?.throwIfAborted();
    const there = await output.settle();
    for (const trial of trials) noteOthers(trial, { there, weights, onNote });
  } finally {
    await output.discard();
  }
  return trials.map(({ plan }) => plan.id);
}

function originOf(
  { plan, key }: ConvertedTrial,
  { name, hasWeights }: Format,
  weights: ConvertOptions["weights"],
): Origin {
  return {
    format: name,
    trial: plan.id,
    training: key,
    weights: hasWeights ? weights : null,
  };
}

/** Says which files beside a trial's are of other weights, or of another training. */
function noteOthers(
  { plan, key }: ConvertedTrial,
  { there, weights, onNote }: Pick<ConvertOptions, "weights" | "onNote"> & {
    readonly there: Written;
  },
): void {
  const formats = new Set(
    Object.values(there).filter((file) =>
      file.trial === plan.id &&
      (file.training !== key || (file.weights ?? weights) !== weights)
    ).map(({ format }) => format),
  );
  if (formats.size === 0) return;
  onNote(
    `${plan.label}: ${[...formats].join(", ")} in "${plan.id}" ${
      formats.size === 1 ? "is" : "are"
    } of another training, or of other weights of it`,
  );
}

async function startFor(
  formats: readonly Format[],
  plan: Plan,
): Promise<void> {
  const native = formats.find(({ engine }) => engine === "native");
  if (native === undefined) {
    if (formats.some(({ engine }) => engine === "any")) {
      await startEngine(plan.shared.engine, { threads: 1 });
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
