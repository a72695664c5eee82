/**
 * A config that has been read, as a config that could be written: JSON in which
 * strings name priors and stages.
 *
 * @module
 */

import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { ResolvedConfig } from "../config/types.ts";
import { builtInPriors } from "../plugin/built_in.ts";
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

/** What a config calls the prior of a module: `beta`, `./my_prior.ts`, `vae-prior-foo`. */
export function priorName(module: string, folder: string): string {
  const url = withoutQuery(module);
  return builtInPriors().find((prior) => prior.url === url)?.name ??
    pathName(url, folder);
}

/** What a config calls a module of the user's: its package, else its path. */
export function pathName(module: string, folder: string): string {
  const path = fileURLToPath(withoutQuery(module));
  const [, ...inside] = path.split(`${sep}node_modules${sep}`);
  if (inside.length > 0) {
    const [scope = "", name] = inside.at(-1)!.split(sep);
    return scope.startsWith("@") ? `${scope}/${name}` : scope;
  }
  const way = relative(folder, path);
  if (isAbsolute(way)) return path;
  const plain = way.split(sep).join("/");
  return plain.startsWith("../") ? plain : `./${plain}`;
}

function withoutQuery(module: string): string {
  return module.replace(/[?#].*$/, "");
}

function oneOrMany(list: readonly number[]): number | readonly number[] {
  return list.length === 1 ? list[0]! : list;
}
