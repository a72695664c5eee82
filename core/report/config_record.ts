/**
 * The normalised config as JSON: a record of exactly what ran.
 *
 * @module
 */

import type { ResolvedConfig } from "../config/types.ts";
import type { Plan } from "../pipeline/types.ts";

/** A JSON value of the config of `plan`, complete with defaults, functions left out. */
export function configRecord(plan: Plan): Readonly<Record<string, unknown>> {
  const { config, engine } = plan;
  return {
    plan: plan.id,
    name: config.name,
    preset: config.preset,
    configFile: config.configFile,
    baseDirectory: config.baseDirectory,
    outputDirectory: config.outputDirectory,
    engine: { wanted: config.engine, ...engine },
    concurrency: config.concurrency,
    latentDims: config.latentDims,
    seeds: config.seeds,
    priors: config.priors.map(({ definition, label, options }) => ({
      name: definition.name,
      version: definition.version,
      module: definition.module,
      label,
      options,
    })),
    stages: stageRecords(config),
  };
}

function stageRecords(config: ResolvedConfig): readonly unknown[] {
  const stages = config.stages.map((
    { name, version, module, needs, gives, uses },
  ) => ({
    name,
    version,
    module,
    needs,
    gives,
    uses,
    options: config.stageOptions[name] ?? {},
  }));
  return stages.sort((a, b) => a.name < b.name ? -1 : 1);
}
