/**
 * What may stand in a word of a command line, for shells to complete. Nothing
 * here fails: where a config or a store cannot be read, there is just less.
 *
 * @module
 */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { loadConfigIfAny } from "../config/load.ts";
import { FULL } from "../config/presets.ts";
import { resolveStages } from "../config/stages.ts";
import { runFolders } from "../runs/find_runs.ts";
import { findPlaces } from "../runs/places.ts";
import { openStore } from "../store/open.ts";
import type { Stage } from "../pipeline/stage.ts";
import { pluginKinds } from "../vae/axes.ts";
import { builtIns } from "../vae/plugin/built_in.ts";
import { defaultStages } from "../vae/stages/mod.ts";
import type { Values } from "./command.ts";
import { planFromFlags } from "./plan_flags.ts";

/** A word, and what it is. */
export type Candidate = readonly [word: string, description: string];

/** Where a word stands. */
export interface WordPlace {
  /** What of it has been typed. */
  readonly typed: string;
  /** That of `--config`. */
  readonly config: string | undefined;
}

/** All that there is of a kind of words. */
export async function candidates(
  values: Values,
  place: WordPlace,
): Promise<readonly Candidate[]> {
  if (typeof values !== "string") return values.map((word) => [word, ""]);
  try {
    return await SOURCES[values](place);
  } catch {
    return [];
  }
}

const SOURCES: Readonly<
  Record<
    Extract<Values, string>,
    (place: WordPlace) => Promise<readonly Candidate[]>
  >
> = {
  stage: async (place) =>
    (await stagesOf(place)).map(({ name, description }) => [name, description]),
  option: async (place) =>
    (await stagesOf(place)).flatMap(({ name, options }) =>
      Object.keys(options.entries).map((key) =>
        [`${name}.${key}=`, `option of ${name}`] as const
      )
    ),
  plugin: async (place) => [
    ...pluginKinds.flatMap((kind) =>
      builtIns(kind).map(({ name }) => [name, kind.name] as const)
    ),
    ...await SOURCES.file(place),
  ],
  kind: () => Promise.resolve(pluginKinds.map(({ name }) => [name, ""])),
  list: () =>
    Promise.resolve(
      [...pluginKinds.map(({ plural }) => plural), "stages", "runs"]
        .map((word) => [word, ""]),
    ),
  run: async ({ config }) => {
    const { outputDirectory } = await findPlaces(config);
    const ids = await runFolders(join(outputDirectory, "runs"));
    return ["latest", ...ids].map((id) => [id, "run"]);
  },
  artifact: async (place) => {
    const { storeDirectory } = await findPlaces(place.config);
    const store = await openStore(storeDirectory);
    const kept = await store.admin.list();
    return [
      ...await SOURCES.run(place),
      ...kept.map(({ address: { stage, key } }) => [key, stage] as const),
    ];
  },
  trial: async ({ config }) => {
    const { trials } = await planFromFlags(flagsOf(config));
    return trials.map(({ id, label }) => [id, label]);
  },
  format: async () => {
    const { formats } = await import("../convert/mod.ts");
    return formats.map(({ name }) => [name, ""]);
  },
  preset: async ({ config }) => {
    const source = await loadConfigIfAny(fileOf(config));
    const { presets = {} } = source?.config as { presets?: object };
    return [...Object.keys(presets), FULL].map((name) => [name, ""]);
  },
  file: ({ typed }) => {
    const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
    const entries = readdirSync(folder || ".", { withFileTypes: true });
    return Promise.resolve(
      entries.map((entry) => [
        `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`,
        "",
      ]),
    );
  },
};

/** Those of the config, though it may be wrong otherwise. */
async function stagesOf({ config }: WordPlace): Promise<readonly Stage[]> {
  const source = await loadConfigIfAny(fileOf(config)).catch(() => null);
  const { stages = [] } = Object(source?.config) as { stages?: unknown[] };
  const place = {
    baseDirectory: source?.baseDirectory ?? ".",
    configFile: source?.file ?? null,
    defaults: defaultStages,
    configKeys: [],
  };
  return await resolveStages(stages, place).catch(() => defaultStages);
}

function fileOf(config: string | undefined) {
  return config === undefined ? {} : { file: config };
}

function flagsOf(config: string | undefined) {
  return config === undefined ? {} : { config };
}
