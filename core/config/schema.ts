/**
 * The keys of a config that are not names of stages.
 *
 * @module
 */

import * as v from "valibot";
import type { OptionsSchema } from "../pipeline/stage.ts";
import type { Choice } from "./choice.ts";
import { searchSchema } from "./search_schema.ts";

/** Folders bear it, with a digest and, while they are made, with word of the process. */
const MAX_NAME = 100;

const anyList = v.array(v.unknown());
const anyRecord = v.record(v.string(), v.unknown());

/** The config's own keys that every config has, with their defaults. */
export const ownKeys = {
  name: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
        'want letters, digits, ".", "-" and "_", for it names folders',
      ),
      v.maxLength(
        MAX_NAME,
        `want at most ${MAX_NAME} characters, for it names folders`,
      ),
      v.description("names the outputs"),
    ),
    "default",
  ),
  engine: v.optional(
    v.pipe(
      v.picklist(["auto", "native", "wasm", "cpu"]),
      v.description("what computes; auto is native where it can be had"),
    ),
    "auto",
  ),
  concurrency: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.description("stages side by side; default by the cores"),
    ),
  ),
  threads: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.description("threads of the engine in each stage"),
    ),
    1,
  ),
  stages: v.optional(
    v.pipe(
      anyList,
      v.description(
        "stages to add, by path or package; one with a default stage's name replaces it",
      ),
    ),
    [],
  ),
  without: v.optional(
    v.pipe(
      v.union([v.string(), v.array(v.string())]),
      v.description("stages to leave out"),
    ),
    [],
  ),
  outputs: v.optional(
    v.pipe(
      v.string(),
      v.nonEmpty(),
      v.description("folder of the results, from the config's folder"),
    ),
    "outputs",
  ),
  store: v.optional(
    v.pipe(
      v.string(),
      v.nonEmpty(),
      v.description(
        "where artifacts are kept: a folder, from the config's, or s3://bucket/prefix; default store within outputs",
      ),
    ),
  ),
  presets: v.optional(
    v.pipe(
      v.record(v.string(), anyRecord),
      v.description("named overlays on the config, for --preset"),
    ),
    {},
  ),
  fallbackPreset: v.optional(
    v.pipe(
      v.string(),
      v.description("preset taken where auto cannot have the native engine"),
    ),
  ),
  matrix: v.optional(
    v.pipe(
      anyRecord,
      v.description("options of stages in which trials differ, with values"),
    ),
    {},
  ),
  exclude: v.optional(
    v.pipe(
      v.array(anyRecord),
      v.description(
        "combinations that are not wanted; a plugin by its label, Beta(1,1)",
      ),
    ),
    [],
  ),
  search: v.optional(
    v.pipe(
      v.nullable(searchSchema),
      v.description(
        "options to be found for each configuration before its trials are run; null: none",
      ),
    ),
    null,
  ),
};

/** Schema of those and of the keys of axes. */
export function configSchema(choices: readonly Choice[]): OptionsSchema {
  const { name, ...rest } = ownKeys;
  const keys = choices.map(({ axis, schema }) => [axis.configKey, schema]);
  return v.strictObject({ name, ...Object.fromEntries(keys), ...rest });
}

/** The config's own keys, read. */
export type ConfigKeys =
  & { readonly [key: string]: unknown }
  & {
    [Key in keyof typeof ownKeys]: v.InferOutput<(typeof ownKeys)[Key]>;
  };

/** Of them those whose values are text. */
export const textKeys: readonly string[] = [
  "name",
  "engine",
  "outputs",
  "store",
  "fallbackPreset",
] satisfies readonly (keyof ConfigKeys)[];

/** One of `item`, or a list of different ones. */
export function oneOrMany(item: v.GenericSchema): v.GenericSchema {
  return v.union([
    item,
    v.pipe(
      v.array(item),
      v.nonEmpty(),
      v.check(
        (list) => new Set(list).size === list.length,
        "want each of them once",
      ),
    ),
  ]);
}
