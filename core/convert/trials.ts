/** The trained trials of a plan, read from its store. @module */

import { openModel } from "../vae/model/open_model.ts";
import { stageOptionsOf } from "../vae/matrix.ts";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../../datasets/mod.ts";
import type { Samples, Training } from "../vae/model/artifacts.ts";
import type { MetricsRecord } from "../pipeline/execute/metrics_log.ts";
import { modelParts } from "../vae/model_parts.ts";
import type { Plan, StageNode, Trial } from "../pipeline/types.ts";
import { openStore } from "../store/open.ts";
import type { ArtifactStore } from "../store/store.ts";
import type { ConvertedTrial } from "./format.ts";

/** Options of {@link readTrials}. */
export interface ReadTrialsOptions {
  readonly weights: "last" | "best";
  readonly onNote: (note: string) => void;
}

/** Each trial that has been trained, with what there is of it. */
export async function* readTrials(
  plan: Plan,
  { weights, onNote }: ReadTrialsOptions,
): AsyncGenerator<ConvertedTrial> {
  const store = await openStore(plan.config.storeDirectory);
  for (const trial of plan.trials) {
    const trained = await find(store, nodeThatGives(plan, trial, "training"));
    if (trained === null) {
      onNote(`${trial.label} has not been trained, and is left out`);
      continue;
    }
    const read = async <T>(artifact: string): Promise<T | null> => {
      const found = await find(store, nodeThatGives(plan, trial, artifact));
      return found === null ? null : found.value[artifact] as T;
    };
    const training = trained.value["training"] as Training;
    const { model, variables } = openModel(
      training,
      modelParts(trial.values),
      weights,
    );
    const dataset = await read<Dataset>("dataset");
    yield {
      plan: trial,
      matrix: stageOptionsOf(plan.config, trial.values),
      key: trained.node.key,
      model,
      training,
      weights: variables,
      metrics: await readMetrics(trained.directory),
      ms: trained.ms,
      trainOptions: trained.node.options,
      samples: await read<Samples>("samples"),
      measured: {
        evaluation: await read("evaluation"),
        latentMetrics: await read("latentMetrics"),
        sampleMetrics: await read("sampleMetrics"),
      },
      test: dataset?.test ?? null,
    };
  }
}

function nodeThatGives(
  plan: Plan,
  trial: Trial,
  artifact: string,
): StageNode | undefined {
  return trial.nodes.map((key) => plan.nodes.get(key)!)
    .findLast(({ stage }) => stage.outputs.includes(artifact));
}

async function find(store: ArtifactStore, node: StageNode | undefined) {
  if (node === undefined) return null;
  const address = { stage: node.stage.name, key: node.key };
  const found = await store.inspect(address);
  if (found.status !== "hit") return null;
  return {
    node,
    value: await store.read(address),
    directory: store.directory(address),
    ms: found.manifest.ms,
  };
}

async function readMetrics(
  directory: string,
): Promise<readonly MetricsRecord[]> {
  const text = await readFile(join(directory, "metrics.jsonl"), "utf8");
  return text.trim().split("\n").map((line) => JSON.parse(line));
}
