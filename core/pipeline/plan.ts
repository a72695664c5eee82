/**
 * From a config to the stages that would run: checked, ordered, with their
 * keys. Nothing of a run happens here, and no engine is started.
 *
 * @module
 */

import { join } from "node:path";
import { sha256 } from "../lib/files.ts";
import { localFolder } from "../store/local_folder.ts";
import { checkParams } from "./check_params.ts";
import { fileDigester } from "./key/file_digest.ts";
import {
  fieldsOf,
  type GivenFields,
  keyOf,
  sourcesOf,
  writeOptions,
  type WrittenOptions,
} from "./key/keys.ts";
import { outsideReader } from "./key/outside.ts";
import type { AxisValues, Given } from "./provider.ts";
import type { Stage } from "./stage.ts";
import { orderStages } from "./stage_graph.ts";
import { type NamedTrial, nameTrials, stageTitle } from "./trials.ts";
import type {
  Plan,
  PlanInput,
  Shared,
  StageNode,
  StageOptions,
  Trial,
} from "./types.ts";
import { digesterOf } from "./beside_store.ts";

/**
 * Plans every trial of a config; `shared` is what all of them are given.
 *
 * @throws {UserError} Where the stages do not fit together, two trials would be
 * the same, or a source or an input from outside cannot be read.
 */
export async function planPipeline(
  config: PlanInput,
  shared: readonly Given[] = [],
): Promise<Plan> {
  const stages = orderStages(config.stages);
  checkParams(stages, [
    ...shared.map(({ provider }) => provider),
    ...config.axes.map(({ axis }) => axis),
  ]);
  const named = nameTrials(config.axes, config.exclude, config.combinations);
  const given = givenOf(config.axes, shared);
  const sources = await digesterOf(config).digest(
    new Set(
      stages.flatMap((stage) =>
        sourcesOf(
          stage,
          given.filter(({ provider }) => isUsed(stage, provider)),
        )
          .map(({ module }) => module)
      ),
    ),
  );
  const files = fileDigester(
    join(localFolder(config.storeDirectory), ".files.json"),
  );
  const outside = outsideReader(config, files.digest);
  const nodes = new Map<string, StageNode>();
  const trials: Trial[] = [];
  const write = optionsWriter();
  for (const trial of named) {
    const made = new Map<string, GivenBy>();
    const keys: string[] = [];
    const options = optionsOf(config, trial);
    const its = given.filter(({ provider: { name }, value }) =>
      !(name in trial.values) || trial.values[name] === value
    );
    for (const stage of stages) {
      const own = its.filter(({ provider }) => isUsed(stage, provider));
      const depends = new Set([
        ...stage.inputs.flatMap((name) => [...made.get(name)!.depends]),
        ...stage.params,
        ...config.axes.filter(({ axis }) => axis.option?.stage === stage.name)
          .map(({ axis }) => axis.name),
      ]);
      const parts = {
        stage,
        options: options[stage.name] ?? {},
        inputs: Object.fromEntries(
          stage.inputs.map((name) => [name, made.get(name)!.key]),
        ),
      };
      const fields = fieldsOf({
        ...parts,
        options: write(stage, parts.options),
        given: own,
        outside: await outside(stage, parts.options),
        sources,
      });
      const key = keyOf(fields);
      const title = stageTitle(stage.name, trial.values, {
        axes: config.axes,
        depends,
      });
      if (!nodes.has(key)) {
        nodes.set(key, { key, fields, ...parts, given: own, title });
      }
      for (const name of stage.outputs) made.set(name, { key, depends });
      keys.push(key);
    }
    trials.push({ ...trial, nodes: keys });
  }
  await files.save();
  return {
    id: planId(config.name, nodes.keys()),
    config,
    shared: Object.fromEntries(
      shared.map(({ provider, value }) => [provider.name, value]),
    ) as Shared,
    nodes,
    trials,
  };
}

/**
 * `default-1a2b3c4d`: the name with a digest of all keys. Names that differ in
 * their capitals alone have other digests, for some disks do not tell them
 * apart.
 */
export function planId(name: string, keys: Iterable<string>): string {
  const parts = [...keys].sort();
  if (name !== name.toLowerCase()) parts.push(name);
  return `${name}-${sha256(parts.join("\n")).slice(0, 8)}`;
}

interface GivenBy {
  readonly key: string;
  /** Names of what of the trial it depends on, itself or through its needs. */
  readonly depends: ReadonlySet<string>;
}

/** Every value of every axis and all that is shared, with their fields, once for all trials. */
function givenOf(
  axes: readonly AxisValues[],
  shared: readonly Given[],
): readonly GivenFields[] {
  const own = axes.flatMap(({ axis, values }) =>
    values.map((value) => ({ provider: axis, value }))
  );
  return [...own, ...shared].map((given) => ({
    ...given,
    fields: given.provider.fields(given.value),
  }));
}

function isUsed(stage: Stage, { name }: Given["provider"]): boolean {
  return stage.params.includes(name);
}

/** The stages' options, with those that are axes as the trial has them. */
function optionsOf(
  { axes, stageOptions }: PlanInput,
  { values }: NamedTrial,
): StageOptions {
  const laid: Record<string, Readonly<Record<string, unknown>>> = {
    ...stageOptions,
  };
  for (const { axis: { name, option } } of axes) {
    if (option === undefined) continue;
    const set = { [option.name]: values[name] };
    laid[option.stage] = { ...laid[option.stage], ...set };
  }
  return laid;
}

/** Writes options of stages for keys, the same ones once. */
function optionsWriter() {
  const known = new Map<unknown, WrittenOptions>();
  return (
    { name }: Stage,
    options: Readonly<Record<string, unknown>>,
  ): WrittenOptions => {
    const written = known.get(options) ??
      writeOptions(options, `stage "${name}"`);
    known.set(options, written);
    return written;
  };
}
