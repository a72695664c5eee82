/**
 * Loads plugins from their modules: for strings in a config, and for workers,
 * which know a plugin by the URL of its module.
 *
 * @module
 */

import { withArticle } from "../../lib/suggest.ts";
import { fileURLToPath } from "node:url";
import { UserError } from "../../lib/errors.ts";
import { kindOf } from "../../pipeline/load_stage.ts";
import { checkDefinition, isPlugin } from "./check.ts";
import { importModule } from "../../load/import_module.ts";
import type { OptionsSchema } from "../../pipeline/stage.ts";
import type { Plugin, PluginDefinition, PluginKind } from "./kind.ts";

/**
 * Imports the plugin whose module is at the file URL `moduleUrl`.
 *
 * @throws {UserError} with `cause` where the module cannot be imported, has no
 * plugin of the kind as its default export, or one of another contract version.
 *
 * @example
 * ```ts
 * import { loadPlugin } from "./load.ts";
 * import { priorKind } from "../prior_axis.ts";
 *
 * const plugin = await loadPlugin(priorKind, "file:///home/me/my_prior.ts");
 * console.log(plugin.definition.name);
 * ```
 */
export async function loadPlugin<Definition extends PluginDefinition>(
  kind: PluginKind<Definition>,
  moduleUrl: string,
): Promise<Plugin<OptionsSchema, Definition>> {
  const path = fileURLToPath(moduleUrl);
  const { default: plugin } = await importModule(moduleUrl, kind.name);
  if (!isPlugin(kind, plugin)) {
    throw new UserError(
      `Cannot use "${path}" as ${
        withArticle(kind.name)
      }: its default export is ${kindOf(plugin)}, want ${
        withArticle(kind.name)
      } made with ${kind.define}`,
      { hint: `Write: export default ${kind.define}({ ... })` },
    );
  }
  checkDefinition(kind, plugin.definition, path);
  return plugin;
}
