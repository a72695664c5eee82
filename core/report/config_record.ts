/**
 * The normalised config as JSON: a record of exactly what ran.
 *
 * @module
 */

import { basename } from "node:path";
import { moduleName } from "../load/module_name.ts";
import { hidePaths, shownPath } from "../lib/shown_paths.ts";
import { valuesOf } from "../pipeline/trials.ts";
import type { Plan, PlanInput } from "../pipeline/types.ts";

/**
 * A JSON value of the config of `plan`, complete with defaults, functions left
 * out; files are named from the config's folder.
 */
export function configRecord(plan: Plan): Readonly<Record<string, unknown>> {
  const { config, shared: { engine } } = plan;
  const base = config.baseDirectory;
  return {
    plan: plan.id,
    name: config.name,
    preset: config.preset,
    configFile: config.configFile && shownPath(config.configFile, base),
    baseDirectory: basename(base),
    outputDirectory: shownPath(config.outputDirectory, base),
    engine: {
      wanted: engine.wanted,
      name: engine.name,
      version: engine.version,
      ...(engine.fallbackReason === undefined
        ? {}
        : { fallbackReason: hidePaths(engine.fallbackReason, base) }),
    },
    concurrency: config.concurrency,
    latentDims: valuesOf(config, "latentDim"),
    seeds: valuesOf(config, "seed"),
    priors: valuesOf(config, "prior").map(({ definition, label, options }) => ({
      name: definition.name,
      version: definition.version,
      module: moduleName(definition.module, base),
      label,
      options,
    })),
    stages: stageRecords(config),
  };
}

function stageRecords(config: PlanInput): readonly unknown[] {
  const stages = config.stages.map((
    { name, version, module, inputs, outputs, params },
  ) => ({
    name,
    version,
    module: moduleName(module, config.baseDirectory),
    inputs,
    outputs,
    params,
    options: config.stageOptions[name] ?? {},
  }));
  return stages.sort((a, b) => a.name < b.name ? -1 : 1);
}
