/**
 * The entries of a config's list of plugins: found, loaded, checked, their
 * options validated.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { builtIns } from "./built_in.ts";
import { checkDefinition, isPlugin, isReference } from "./check.ts";
import type { PluginDefinition, PluginKind, ResolvedPlugin } from "./kind.ts";
import { loadPlugin } from "./load.ts";
import { deepFreeze } from "../../lib/freeze.ts";
import { distinguish, labelOf, wholeLabel } from "./label.ts";
import { locateModule, type NamePlace } from "../../config/locate.ts";
import { refuseMainModule } from "../../config/main_module.ts";
import { readOptions } from "../../config/read_options.ts";
import { show, withArticle } from "../../lib/suggest.ts";

/** Where the entries of a config come from. */
export interface EntryPlace {
  /** Folder of the config. */
  readonly baseDirectory: string;
  /** The config's own file. */
  readonly configFile: string | null;
}

/** Where one of them comes from. */
export interface OneEntryPlace extends EntryPlace {
  /** `priors[1]`. */
  readonly where: string;
}

/**
 * Resolves the entries of a kind, in their order.
 *
 * @throws {UserError} naming the entry, the plugin and, for options, the key.
 */
export async function resolveEntries<Definition extends PluginDefinition>(
  kind: PluginKind<Definition>,
  entries: readonly unknown[],
  place: EntryPlace,
): Promise<readonly ResolvedPlugin<Definition>[]> {
  const plugins: ResolvedPlugin<Definition>[] = [];
  for (const [index, entry] of entries.entries()) {
    const where = `${kind.plural}[${index}]`;
    plugins.push(await resolveEntry(kind, entry, { ...place, where }));
  }
  checkUnique(kind, plugins);
  return distinguish(plugins).map((plugin) => Object.freeze(plugin));
}

/**
 * The plugin that an entry names or is, and the options it is given, unread.
 *
 * @throws {UserError} where it is none, or cannot be loaded.
 */
export async function readEntry<Definition extends PluginDefinition>(
  kind: PluginKind<Definition>,
  entry: unknown,
  place: OneEntryPlace,
): Promise<readonly [Definition, unknown]> {
  const { where } = place;
  if (typeof entry === "string") return [await find(kind, entry, place), {}];
  if (isPlugin(kind, entry)) {
    return [checkDefinition(kind, entry.definition, where), {}];
  }
  if (isReference(kind, entry)) {
    return [checkDefinition(kind, entry.definition, where), entry.options];
  }
  if (
    Array.isArray(entry) && typeof entry[0] === "string" && entry.length <= 2
  ) {
    return [await find(kind, entry[0], place), entry[1]];
  }
  const file = `"./my_${kind.name}.ts"`;
  throw new UserError(
    `Cannot read "${where}": found ${show(entry)}, want ${
      withArticle(kind.name)
    }: one imported from plugins/ and called, ${file}, or [${file}, { options }]`,
  );
}

/**
 * The plugin of a module, with options by its schema.
 *
 * @throws {UserError} naming module, plugin or option.
 */
export async function resolveModule<Definition extends PluginDefinition>(
  kind: PluginKind<Definition>,
  module: string,
  given: unknown,
): Promise<ResolvedPlugin<Definition>> {
  const { definition } = await loadPlugin(kind, module);
  const options = readOptions(definition.options, given ?? {}, {
    path: definition.name,
    owner: `${kind.name} "${definition.name}"`,
  });
  return {
    definition,
    options,
    label: labelOf(kind, { definition, options }),
  };
}

/** Entries of a key that takes one or a list: `["conv", { widths: [32] }]` is one. */
export function listOfEntries(entry: unknown): readonly unknown[] {
  if (!Array.isArray(entry)) return [entry];
  const [first, second] = entry as unknown[];
  const isOne = entry.length === 2 && typeof first === "string" &&
    typeof second === "object" && second !== null && !Array.isArray(second) &&
    !("definition" in second);
  return isOne ? [entry] : entry;
}

/**
 * URL of the module that a string names: a path, one that comes with the
 * project, or an npm package with or without its prefix `vae-prior-`.
 *
 * @throws {UserError} where there is none of that name.
 */
export function locatePlugin(
  kind: PluginKind,
  name: string,
  place: NamePlace,
): string {
  return locateModule(name, place, {
    what: kind.name,
    builtIn: builtIns(kind),
    prefixes: [packagePrefix(kind)],
  });
}

/** What the name of a package with a plugin of the kind begins with. */
export function packagePrefix({ name }: PluginKind): string {
  return `vae-${name}-`;
}

async function resolveEntry<Definition extends PluginDefinition>(
  kind: PluginKind<Definition>,
  entry: unknown,
  place: OneEntryPlace,
): Promise<ResolvedPlugin<Definition>> {
  const [definition, given] = await readEntry(kind, entry, place);
  const owner = `${kind.name} "${definition.name}"`;
  refuseMainModule(definition.module, {
    what: owner,
    configFile: place.configFile,
  });
  const options = readOptions(definition.options, given ?? {}, {
    path: place.where,
    owner,
  });
  return {
    definition,
    options: deepFreeze(options),
    label: wholeLabel(kind, { definition, options }),
  };
}

async function find<Definition extends PluginDefinition>(
  kind: PluginKind<Definition>,
  name: string,
  place: OneEntryPlace,
): Promise<Definition> {
  const plugin = await loadPlugin(kind, locatePlugin(kind, name, place));
  return plugin.definition;
}

function checkUnique(
  { name: kind, plural, define }: PluginKind,
  plugins: readonly ResolvedPlugin[],
): void {
  const seen = new Map<string, { module: string; index: number }>();
  const used = new Map<string, number>();
  for (const [index, { definition, options, label }] of plugins.entries()) {
    const { name, module } = definition;
    const other = seen.get(name);
    if (other !== undefined && other.module !== module) {
      throw new UserError(
        `Cannot use two ${plural} named "${name}": ${plural}[${other.index}] is ${other.module}, ${plural}[${index}] is ${module}`,
        { hint: `Rename one of them: its name in ${define}` },
      );
    }
    seen.set(name, { module, index });
    const key = `${name} ${JSON.stringify(options)}`;
    const twin = used.get(key);
    if (twin !== undefined) {
      throw new UserError(
        `Cannot use ${kind} "${label}" twice: ${plural}[${twin}] and ${plural}[${index}] have the same options`,
        {
          hint:
            'To train it more than once, give several seeds: "seed": [0, 1]',
        },
      );
    }
    used.set(key, index);
  }
}
