/**
 * From a config as a person wrote it to the value that everything else reads:
 * checked, complete, frozen.
 *
 * @module
 */

import { resolve } from "node:path";
import { UserError } from "../lib/errors.ts";
import type { AxisValues } from "../pipeline/provider.ts";
import type { OptionsSchema, Stage } from "../pipeline/stage.ts";
import { checkPresets } from "./check_presets.ts";
import { type Choice, resolveChoices } from "./choice.ts";
import { applyOverrides, type Override } from "./overrides.ts";
import { readPlaces } from "./places.ts";
import { applyPreset, FULL } from "./presets.ts";
import { readOptions } from "./read_options.ts";
import { readExclude, readMatrix } from "./matrix.ts";
import { type ConfigKeys, configSchema } from "./schema.ts";
import { readSearch } from "./search.ts";
import { readStageOptions } from "./stage_options.ts";
import { leaveOut, resolveStages } from "./stages.ts";
import { didYouMean, quoteAll, show } from "../lib/suggest.ts";
import type { ResolvedConfig } from "./types.ts";

/** Options of {@link normaliseConfig}. */
export interface NormaliseOptions {
  /** Folder of the config; default the working directory. */
  readonly baseDirectory?: string;
  /** The config's file, where it has one. */
  readonly configFile?: string | null;
  /** Preset to lay over the config; `full` is none. */
  readonly preset?: string | undefined;
  /** Values to lay over config and preset. */
  readonly overrides?: readonly Override[];
}

/** What a config is a config of. */
export interface ConfigSystem {
  /** The axes of its matrix, in the order in which names have them. */
  readonly choices: readonly Choice[];
  /** Stages that are there without being asked for. */
  readonly defaultStages: readonly Stage[];
}

/**
 * Checks `config`, fills in its defaults and loads what its strings name.
 *
 * @throws {UserError} naming the key, what was found and what is wanted.
 */
export async function normaliseConfig(
  config: unknown,
  { choices, defaultStages }: ConfigSystem,
  options: NormaliseOptions = {},
): Promise<ResolvedConfig> {
  const baseDirectory = resolve(options.baseDirectory ?? ".");
  const configFile = options.configFile ?? null;
  const { preset } = options;
  const overrides = options.overrides ?? [];
  const full = applyOverrides(readObject(config), overrides);
  // Once more over the preset: what is set by hand goes before everything.
  const laid = preset === undefined
    ? full
    : applyOverrides(applyPreset(full, preset), overrides);

  const place = { baseDirectory, configFile };
  const schema = configSchema(choices);
  const configKeys = Object.keys(schema.entries);
  const stages = await resolveStages(
    Array.isArray(laid.stages) ? laid.stages : [],
    { ...place, defaults: defaultStages, configKeys },
  );
  checkKeys(laid, configKeys, stages);
  const keys = readKeys(laid, schema);
  checkPresets(full, keys, { choices, stages });
  const kept = leaveOut(stages, keys.without);
  const matrix = { config: laid, stages: kept, overrides };
  const axes = withOptions(
    await resolveChoices(choices, keys, place),
    readMatrix(keys.matrix, matrix),
  );
  const stageOptions = readStageOptions(laid, kept);
  return Object.freeze({
    name: keys.name,
    ...place,
    axes: Object.freeze(axes),
    exclude: Object.freeze(readExclude(keys.exclude, axes)),
    engine: keys.engine,
    concurrency: keys.concurrency ?? null,
    threads: keys.threads,
    stages: Object.freeze(kept),
    stageOptions,
    search: readSearch(keys.search, {
      ...matrix,
      stageOptions,
      matrix: axes.map(({ axis }) => axis.name),
    }),
    ...readPlaces(laid, { baseDirectory, overrides }),
    preset: preset === undefined || preset === FULL ? null : preset,
    overrides: Object.freeze([...overrides]),
  });
}

/** What is averaged over stays last. */
function withOptions(
  axes: readonly AxisValues[],
  options: readonly AxisValues[],
): readonly AxisValues[] {
  const is = (role: string) => axes.filter(({ axis }) => axis.role === role);
  return [...is("compare"), ...options, ...is("replicate")];
}

function readObject(config: unknown): Readonly<Record<string, unknown>> {
  if (
    typeof config === "object" && config !== null && !Array.isArray(config)
  ) {
    return config as Record<string, unknown>;
  }
  throw new UserError(
    `Cannot read the config: found ${
      show(config)
    }, want an object with at least "priors"`,
  );
}

function checkKeys(
  config: Readonly<Record<string, unknown>>,
  configKeys: readonly string[],
  stages: readonly Stage[],
): void {
  const names = stages.map(({ name }) => name);
  for (const key of Object.keys(config)) {
    if (configKeys.includes(key) || names.includes(key)) continue;
    const owners = stages.filter(({ options }) =>
      Object.hasOwn(options.entries, key)
    );
    const owner = owners[0]?.name;
    const hint = owner === undefined
      ? didYouMean(key, [...configKeys, ...names])
      : `It is an option of stage "${owner}": write "${owner}.${key}"`;
    throw new UserError(
      `Cannot read "${key}": the config has no such key; keys are ${
        quoteAll(configKeys)
      }; stages are ${quoteAll(names)}`,
      hint === undefined ? {} : { hint },
    );
  }
}

function readKeys(
  config: Readonly<Record<string, unknown>>,
  schema: OptionsSchema,
): ConfigKeys {
  const own = Object.entries(config).filter(([key]) => key in schema.entries);
  const keys = readOptions(schema, Object.fromEntries(own), {
    path: "",
    owner: "the config",
  });
  return keys as ConfigKeys;
}
