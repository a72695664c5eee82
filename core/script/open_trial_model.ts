/** The model of a trial, from the record of its run and the store. @module */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeEngine, type EngineInfo } from "../engine/engine.ts";
import { commandLine } from "../lib/command_line.ts";
import { UserError } from "../lib/errors.ts";
import { keyOf } from "../pipeline/key/keys.ts";
import { digesterOf } from "../pipeline/beside_store.ts";
import { REPORT_FILES } from "../report/paths.ts";
import { codeOfRecord } from "../runs/record_code.ts";
import { namedParts, recordedParts } from "../runs/recorded_model.ts";
import {
  type RunRecord,
  type StageRecord,
  stagesOf,
  type TrialRecord,
} from "../runs/record.ts";
import { openStore } from "../store/open.ts";
import type { Training } from "../vae/model/artifacts.ts";
import {
  changedParts,
  loadParts,
  type RecordedParts,
} from "../vae/recorded_parts.ts";
import { openVaeModel } from "../vae/trained/open_vae_model.ts";
import type { VaeModel } from "../vae/trained/vae_model.ts";
import type { OpenRunOptions } from "./opened_run.ts";
import type { RunPlace } from "./run_place.ts";

/**
 * Opens the model of a trial.
 *
 * @throws {UserError} as `OpenedTrial.model` says.
 */
export async function openTrialModel(
  trial: TrialRecord,
  place: RunPlace,
  { engine, weights = "last", trust = false }: OpenRunOptions,
): Promise<VaeModel> {
  const { record } = place;
  const { stage, training } = await findTraining(trial, place);
  const parts = recordedParts(record, trial, {
    training: stage,
    base: place.baseDirectory,
  });
  requireFiles(parts, trial.label);
  if (!trust) await requireSame(trial, parts, place);
  const ran = record.environment.engine;
  return await openVaeModel({
    label: trial.label,
    training,
    parts: await loadParts(parts),
    weights,
    seed: trial.seed,
    engine: await chooseEngine(engine, ran),
    threads: ran.threads,
  });
}

/** The stage that trained a trial, and what it gave. */
async function findTraining(
  trial: TrialRecord,
  { record, storeDirectory }: RunPlace,
): Promise<{ readonly stage: StageRecord; readonly training: Training }> {
  const action = `Cannot open the model of ${trial.label}`;
  const store = await openStore(storeDirectory);
  const stages = stagesOf(record, trial);
  for (const stage of stages.toReversed()) {
    const address = { stage: stage.name, key: stage.key };
    const found = await store.inspect(address);
    if (found.status !== "hit" || !found.manifest.gives.includes(GIVEN)) {
      continue;
    }
    // What the plugins were is told by a key alone.
    if (keyOf(stage.fields) !== stage.key) {
      throw new UserError(
        `${action}: the record of run "${record.run}" has other fields than the key of its training`,
      );
    }
    const value = await store.read(address);
    return { stage, training: value[GIVEN] as Training };
  }
  const failed = stages.find(({ status }) => status === "failed");
  const why = failed === undefined
    ? `its training is not in the store "${store.location}"`
    : `${failed.title} failed`;
  throw new UserError(`${action}, run "${record.run}": ${why}`, {
    hint: `Run its config again with ${
      commandLine("run")
    }, or name another store with { store }`,
  });
}

const GIVEN = "training";

function requireFiles(
  { prior, network, likelihood }: RecordedParts,
  label: string,
): void {
  for (
    const [kind, { module }] of Object.entries({ prior, network, likelihood })
  ) {
    const file = fileURLToPath(module);
    if (existsSync(file)) continue;
    throw new UserError(
      `Cannot open the model of ${label}: its ${kind} is not there, "${file}"`,
      { hint: "Name the project's folder with { baseDirectory }" },
    );
  }
}

/** As `run --from-record` has it, and beyond that no source may have changed. */
async function requireSame(
  trial: TrialRecord,
  parts: RecordedParts,
  place: RunPlace,
): Promise<void> {
  const { record, directory } = place;
  const action = `Cannot open the model of ${trial.label}`;
  const named = namedParts(record, trial);
  const code = await codeOfRecord(record, {
    priors: [named.prior],
    networks: [named.network],
    likelihoods: [named.likelihood],
  }, {
    ...place,
    isProject: true,
    recordFile: join(directory, REPORT_FILES.record),
  });
  const doubtful = code.find(({ problem }) => problem !== null);
  if (doubtful !== undefined) {
    const { kind, name, problem } = doubtful;
    throw new UserError(`${action}: of its ${kind} "${name}", ${problem}`, {
      hint: "Read that code; where it may run, open it with { trust: true }",
    });
  }
  const [changed] = await changedParts(parts, digesterOf(place));
  if (changed === undefined) return;
  throw new UserError(
    `${action}: the source of its ${changed} has changed since it was trained`,
    {
      hint: `Train it again with ${
        commandLine("run")
      }, or open it as it is now with { trust: true }`,
    },
  );
}

/** The engine asked for; else that of the run, as far as it is there. */
async function chooseEngine(
  asked: OpenRunOptions["engine"],
  { name }: RunRecord["environment"]["engine"],
): Promise<EngineInfo> {
  if (asked !== undefined) return await describeEngine(asked);
  if (name === "wasm" || name === "cpu") return await describeEngine(name);
  return await describeEngine("auto");
}
