/**
 * A config that has been read, as a config that could be written: JSON in which
 * strings name priors and stages.
 *
 * @module
 */

import type { ResolvedConfig } from "../config/types.ts";
import { pathName, priorName } from "../plugin/module_name.ts";
import { defaultStages } from "../stages/mod.ts";

/**
 * The config in the form of a file in its folder, complete with all defaults.
 * Where results go is left out, for that is no part of what a run is.
 */
export function configForm(
  config: ResolvedConfig,
): Readonly<Record<string, unknown>> {
  const own = new Set(defaultStages.map(({ module }) => module));
  return {
    name: config.name,
    priors: config.priors.map(({ definition, options }) => [
      priorName(definition.module, config.baseDirectory),
      options,
    ]),
    latentDim: oneOrMany(config.latentDims),
    seed: oneOrMany(config.seeds),
    engine: config.engine,
    threads: config.threads,
    ...(config.concurrency === null ? {} : { concurrency: config.concurrency }),
    stages: config.stages.filter(({ module }) => !own.has(module))
      .map(({ module }) => pathName(module, config.baseDirectory)),
    without: defaultStages.map(({ name }) => name)
      .filter((name) => !config.stages.some((stage) => stage.name === name)),
    ...config.stageOptions,
  };
}

function oneOrMany(list: readonly number[]): number | readonly number[] {
  return list.length === 1 ? list[0]! : list;
}
