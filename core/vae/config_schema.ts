/**
 * The JSON Schema of configs of variational autoencoders.
 *
 * @module
 */

import { configSchema } from "../config/schema.ts";
import { configToJson, type JsonSchema } from "../config/json_schema.ts";
import { resolveStages } from "../config/stages.ts";
import { choices, pluginKinds } from "./axes.ts";
import { builtIns } from "./plugin/built_in.ts";
import { listOfEntries, readEntry } from "./plugin/entries.ts";
import { entrySchema, type NamedPlugin } from "./plugin/entry_schema.ts";
import type { PluginKind } from "./plugin/kind.ts";
import { loadPlugin } from "./plugin/load.ts";
import { pluginName } from "./plugin/plugin_name.ts";
import { defaultStages } from "./stages/mod.ts";

/** A config as it was read, and where from. */
export interface SchemaSource {
  readonly config: unknown;
  readonly file: string | null;
  readonly baseDirectory: string;
}

/**
 * JSON Schema of a config: of what comes with the project and, where there is a
 * config already, of the stages and plugins that it adds. It may be wrong
 * otherwise, for that is what the schema is to show.
 *
 * @throws {UserError} where a stage or a plugin of it cannot be loaded.
 *
 * @example
 * ```ts
 * import { schemaOfConfig } from "./config_schema.ts";
 *
 * console.log(JSON.stringify(await schemaOfConfig(null)));
 * ```
 */
export async function schemaOfConfig(
  source: SchemaSource | null,
): Promise<JsonSchema> {
  const config = asRecord(source?.config);
  const entries = new Map<string, JsonSchema>();
  for (const kind of pluginKinds) {
    const own = await Promise.all(
      builtIns(kind).map(async ({ name, url }) => ({
        name,
        definition: (await loadPlugin(kind, url)).definition,
      })),
    );
    const added = source === null ? [] : await addedBy(kind, config, source);
    const byName = new Map([...own, ...added].map((one) => [one.name, one]));
    entries.set(kind.plural, entrySchema(kind, [...byName.values()]));
  }
  const stages = await resolveStages(asList(config.stages), {
    baseDirectory: source?.baseDirectory ?? ".",
    configFile: source?.file ?? null,
    defaults: defaultStages,
    configKeys: Object.keys(configSchema(choices).entries),
  });
  return configToJson({ choices, stages, entries });
}

/** Plugins of the config and of its presets, by what it calls them. */
async function addedBy(
  kind: PluginKind,
  config: Readonly<Record<string, unknown>>,
  { file, baseDirectory }: SchemaSource,
): Promise<readonly NamedPlugin[]> {
  const overlays = Object.values(asRecord(config.presets)).map(asRecord);
  const found: NamedPlugin[] = [];
  for (const { [kind.plural]: given } of [config, ...overlays]) {
    if (given === undefined) continue;
    const list = kind.usual === undefined
      ? asList(given)
      : listOfEntries(given);
    for (const [i, entry] of list.entries()) {
      const where = `${kind.plural}[${i}]`;
      const place = { where, baseDirectory, configFile: file };
      const [definition] = await readEntry(kind, entry, place);
      const named = [entry].flat()[0];
      const name = pluginName(kind, definition.module, baseDirectory);
      found.push({ name, definition });
      if (typeof named === "string") found.push({ name: named, definition });
    }
  }
  return found;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
    ? value as Record<string, unknown>
    : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
