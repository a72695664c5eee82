/**
 * Finished runs in scripts: figures, configs and the trained models.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import { didYouMean, quoteAll, quoteSome, show } from "../lib/suggest.ts";
import type { TrialRecord } from "../runs/record.ts";
import type { VaeModel } from "../vae/trained/vae_model.ts";
import type { OpenedRun, OpenedTrial, OpenRunOptions } from "./opened_run.ts";

/**
 * Opens a run that has ended, or goes on: what is trained by now can be used.
 *
 * @param path its folder, `outputs/latest` or `outputs/runs/default-1a2b3c4d`,
 * or `record.json` or `summary.json` in it; from the working directory
 * @throws {UserError} where there is none, or its record cannot be read.
 *
 * @example
 * ```ts ignore
 * import { writeFile } from "node:fs/promises";
 * import { imagesPng, openRun } from "vae-priors";
 *
 * const run = await openRun("outputs/latest");
 * const model = await run.trial("Gaussian(0,1)").model();
 * const { images } = await model.sample(64, { seed: 1 });
 * await writeFile("samples.png", imagesPng(images, model.image));
 * run.dispose();
 * ```
 */
export async function openRun(
  path: string,
  options: OpenRunOptions = {},
): Promise<OpenedRun> {
  checkChoices(options);
  const { registerResolver } = await import("../load/resolver.ts");
  const { findRunPlace } = await import("./run_place.ts");
  registerResolver();
  const place = await findRunPlace(path, options);
  const { directory, record } = place;
  const models: Promise<VaeModel>[] = [];
  const opened = new Set<VaeModel>();
  let isDisposed = false;
  const open = async (trial: TrialRecord): Promise<VaeModel> => {
    const { openTrialModel } = await import("./open_trial_model.ts");
    const model = await openTrialModel(trial, place, options);
    opened.add(model);
    if (isDisposed) model.dispose();
    return model;
  };
  const trials = record.trials.map((trial): OpenedTrial => {
    const { stages: _, ...rest } = trial;
    let model: Promise<VaeModel> | undefined;
    return {
      ...rest,
      model: async () => {
        if (isDisposed) {
          throw new UserError(
            `Cannot open the model of ${trial.label}: the run is disposed of`,
          );
        }
        if (model === undefined) models.push(model = open(trial));
        return await model;
      },
    };
  });
  const dispose = () => {
    isDisposed = true;
    for (const model of opened) model.dispose();
  };
  return {
    id: record.run,
    directory,
    config: record.config,
    trials,
    trial: (name) => pickTrial(trials, name, record.run),
    dispose,
    [Symbol.dispose]: dispose,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(models);
      for (const model of opened) await model[Symbol.asyncDispose]();
      dispose();
    },
  };
}

function pickTrial(
  trials: readonly OpenedTrial[],
  name: string,
  run: string,
): OpenedTrial {
  const found = trials.find(({ id }) => id === name) ??
    trials.find(({ label }) => label === name);
  if (found !== undefined) return found;
  const labels = trials.map(({ label }) => label);
  const hint = didYouMean(name, [...labels, ...trials.map(({ id }) => id)]);
  throw new UserError(
    `Cannot find trial "${name}": run "${run}" has ${quoteSome(labels, 8)}`,
    hint === undefined ? {} : { hint },
  );
}

/** What types tell those who have them. */
function checkChoices({ weights, engine }: OpenRunOptions): void {
  const choices = [
    ["weights", weights, ["last", "best"]],
    ["engine", engine, ["native", "wasm", "cpu"]],
  ] as const;
  for (const [name, value, known] of choices) {
    if (value === undefined || known.some((one) => one === value)) continue;
    throw new UserError(
      `Cannot open a run: found ${name} ${show(value)}, want one of ${
        quoteAll(known)
      }`,
    );
  }
}
