/**
 * A config that has been read, as a config that could be written: JSON in which
 * strings name priors and stages.
 *
 * @module
 */

import type { Axis } from "../pipeline/provider.ts";
import type { Plan } from "../pipeline/types.ts";
import { pathName } from "../load/module_name.ts";
import { defaultStages } from "../vae/stages/mod.ts";

/**
 * The config in the form of a file in its folder, complete with all defaults.
 * Where results go is left out, for that is no part of what a run is.
 */
export function configForm(
  { config: planned, shared: { engine }, searched }: Pick<
    Plan,
    "config" | "shared" | "searched"
  >,
): Readonly<Record<string, unknown>> {
  // What it has found is no part of it: repeated, it is found again.
  const config = searched?.config ?? planned;
  const own = new Set(defaultStages.map(({ module }) => module));
  return {
    name: config.name,
    ...Object.fromEntries(
      config.axes.filter(({ axis }) => axis.option === undefined)
        .map(({ axis, values }) => [
          axis.configKey,
          written(axis, values, config.baseDirectory),
        ]),
    ),
    ...matrixForm(config),
    ...(config.search ? { search: config.search.written } : {}),
    engine: engine.wanted,
    threads: config.threads,
    ...(config.concurrency === null ? {} : { concurrency: config.concurrency }),
    stages: config.stages.filter(({ module }) => !own.has(module))
      .map(({ module }) => pathName(module, config.baseDirectory)),
    without: defaultStages.map(({ name }) => name)
      .filter((name) => !config.stages.some((stage) => stage.name === name)),
    ...config.stageOptions,
  };
}

/** The axes of options, and what is left out; nothing where there is none. */
function matrixForm(
  { axes, exclude = [] }: Plan["config"],
): Readonly<Record<string, unknown>> {
  const options = axes.filter(({ axis }) => axis.option !== undefined)
    .map(({ axis, values }) => [axis.name, values]);
  const named = exclude.map((one) =>
    Object.fromEntries(
      Object.entries(one).map(([name, value]) => [
        name,
        axes.find(({ axis }) => axis.name === name)!.axis.title(value),
      ]),
    )
  );
  return {
    ...(options.length === 0 ? {} : { matrix: Object.fromEntries(options) }),
    ...(named.length === 0 ? {} : { exclude: named }),
  };
}

/** A number alone, or a list. */
function written(
  axis: Axis,
  values: readonly unknown[],
  baseDirectory: string,
): unknown {
  if (axis.write !== undefined) {
    return values.map((value) => axis.write!(value, baseDirectory));
  }
  return values.length === 1 ? values[0] : values;
}
