/**
 * A plugin of whatever kind, by a name as it is typed.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { locateModule, type NamePlace } from "../../config/locate.ts";
import { UserError } from "../../lib/errors.ts";
import { importModule } from "../../load/import_module.ts";
import { kindOf } from "../../pipeline/load_stage.ts";
import { builtIns } from "./built_in.ts";
import { isPlugin } from "./check.ts";
import { locatePlugin, packagePrefix } from "./entries.ts";
import type { PluginDefinition, PluginKind } from "./kind.ts";
import { pluginKinds } from "../axes.ts";
import { loadPlugin } from "./load.ts";

/** What a name stands for. */
export interface FoundPlugin {
  readonly kind: PluginKind;
  readonly definition: PluginDefinition;
  /** File URL of its module. */
  readonly url: string;
  /** Other kinds that have one of this name, too. */
  readonly others: readonly PluginKind[];
}

/**
 * The plugin that a name stands for, of the kind that its module says: a path,
 * one that comes with the project, or an npm package. A name of several kinds is
 * that of the first of {@link pluginKinds}.
 *
 * @param wanted the only kind that it may be; default any
 * @throws {UserError} where there is none of that name, or its module exports
 * none.
 */
export async function findPlugin(
  name: string,
  place: NamePlace,
  wanted?: PluginKind,
): Promise<FoundPlugin> {
  const named = pluginKinds.filter((kind) =>
    builtIns(kind).some((one) => one.name === name)
  );
  const [first] = wanted === undefined ? named : [wanted];
  if (first !== undefined) {
    const url = locatePlugin(first, name, place);
    const { definition } = await loadPlugin(first, url);
    const others = named.filter((kind) => kind !== first);
    return { kind: first, definition, url, others };
  }
  const url = locateModule(name, place, {
    what: "plugin",
    builtIn: pluginKinds.flatMap(builtIns),
    prefixes: pluginKinds.map(packagePrefix),
  });
  const kind = await kindOfModule(url);
  const { definition } = await loadPlugin(kind, url);
  return { kind, definition, url, others: [] };
}

async function kindOfModule(url: string): Promise<PluginKind> {
  const { default: plugin } = await importModule(url, "plugin");
  const kind = pluginKinds.find((one) => isPlugin(one, plugin));
  if (kind !== undefined) return kind;
  const [last, ...rest] = pluginKinds.map(({ define }) => define).reverse();
  throw new UserError(
    `Cannot use "${fileURLToPath(url)}" as a plugin: its default export is ${
      kindOf(plugin)
    }, want what ${rest.reverse().join(", ")} or ${last} gives`,
    { hint: "Write, for a prior: export default definePrior({ ... })" },
  );
}
