/**
 * What a plugin is called in what is written down.
 *
 * @module
 */

import { pathName, withoutQuery } from "../../load/module_name.ts";
import { builtIns } from "./built_in.ts";
import type { PluginKind } from "./kind.ts";

/** What a config calls the plugin of a module: `beta`, `./my_prior.ts`, `vae-prior-foo`. */
export function pluginName(
  kind: Pick<PluginKind, "folder">,
  module: string,
  folder: string,
): string {
  const url = withoutQuery(module);
  return builtIns(kind).find((one) => one.url === url)?.name ??
    pathName(url, folder);
}
