/**
 * What a prior is called in what is written down.
 *
 * @module
 */

import { pathName, withoutQuery } from "../../load/module_name.ts";
import { builtInPriors } from "./built_in.ts";

/** What a config calls the prior of a module: `beta`, `./my_prior.ts`, `vae-prior-foo`. */
export function priorName(module: string, folder: string): string {
  const url = withoutQuery(module);
  return builtInPriors().find((prior) => prior.url === url)?.name ??
    pathName(url, folder);
}
