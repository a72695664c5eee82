/**
 * The keys of a config that are not names of stages.
 *
 * @module
 */

import * as v from "valibot";
import type { OptionsSchema } from "../pipeline/stage.ts";
import type { Choice } from "./choice.ts";

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
    ),
    "default",
  ),
  engine: v.optional(v.picklist(["auto", "native", "wasm", "cpu"]), "auto"),
  concurrency: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  threads: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
  stages: v.optional(anyList, []),
  without: v.optional(v.union([v.string(), v.array(v.string())]), []),
  outputs: v.optional(v.pipe(v.string(), v.nonEmpty()), "outputs"),
  store: v.optional(v.pipe(v.string(), v.nonEmpty())),
  presets: v.optional(v.record(v.string(), anyRecord), {}),
  fallbackPreset: v.optional(v.string()),
  matrix: v.optional(anyRecord, {}),
  exclude: v.optional(v.array(anyRecord), []),
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
