/**
 * The keys of a config that are not names of stages.
 *
 * @module
 */

import * as v from "valibot";

/** Folders bear it, with a digest and, while they are made, with word of the process. */
const MAX_NAME = 100;

const anyList = v.array(v.unknown());
const anyRecord = v.record(v.string(), v.unknown());

/** Latent dimension, or a list of them. */
export const latentDimSchema: v.GenericSchema = oneOrMany(
  v.pipe(v.number(), v.integer(), v.minValue(1)),
);

/** Seed, or a list of them. */
export const seedSchema: v.GenericSchema = oneOrMany(
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
);

/** Schema of the config's own keys, with their defaults. */
export const configSchema = v.strictObject({
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
  priors: v.pipe(anyList, v.nonEmpty()),
  latentDim: v.optional(latentDimSchema, 20),
  seed: v.optional(seedSchema, 0),
  engine: v.optional(v.picklist(["auto", "native", "wasm", "cpu"]), "auto"),
  concurrency: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  threads: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
  stages: v.optional(anyList, []),
  without: v.optional(v.union([v.string(), v.array(v.string())]), []),
  outputs: v.optional(v.pipe(v.string(), v.nonEmpty()), "outputs"),
  store: v.optional(v.pipe(v.string(), v.nonEmpty())),
  presets: v.optional(v.record(v.string(), anyRecord), {}),
  fallbackPreset: v.optional(v.string()),
});

/** The config's own keys, read. */
export type ConfigKeys = v.InferOutput<typeof configSchema>;

/** Of them those whose values are text. */
export const textKeys: readonly string[] = [
  "name",
  "engine",
  "outputs",
  "store",
  "fallbackPreset",
] satisfies readonly (keyof ConfigKeys)[];

/** Names of the config's own keys. */
export const configKeys: readonly string[] = Object.keys(configSchema.entries);

function oneOrMany(item: v.GenericSchema): v.GenericSchema {
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
