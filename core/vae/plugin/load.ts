/**
 * Loads priors from their modules: for strings in a config, and for workers,
 * which know a prior by the URL of its module.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { UserError } from "../../lib/errors.ts";
import { kindOf } from "../../pipeline/load_stage.ts";
import { checkPrior, isPriorPlugin } from "./check.ts";
import { importModule } from "../../load/import_module.ts";
import type { PriorPlugin } from "./prior.ts";

/**
 * Imports the prior whose module is at the file URL `moduleUrl`.
 *
 * @throws {UserError} with `cause` where the module cannot be imported, has no
 * prior as its default export, or one of another contract version.
 *
 * @example
 * ```ts
 * import { loadPrior } from "./load.ts";
 *
 * const plugin = await loadPrior("file:///home/me/my_prior.ts");
 * console.log(plugin.definition.name);
 * ```
 */
export async function loadPrior(moduleUrl: string): Promise<PriorPlugin> {
  const path = fileURLToPath(moduleUrl);
  const { default: plugin } = await importModule(moduleUrl, "prior");
  if (!isPriorPlugin(plugin)) {
    throw new UserError(
      `Cannot use "${path}" as a prior: its default export is ${
        kindOf(plugin)
      }, want a prior made with definePrior`,
      { hint: "Write: export default definePrior({ ... })" },
    );
  }
  checkPrior(plugin.definition, path);
  return plugin;
}
