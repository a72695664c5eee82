/**
 * Workers import a prior or a stage from its module, so that module must not
 * be the config or the script that starts the pipeline.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import { UserError } from "../lib/errors.ts";

/** Options of {@link refuseMainModule}. */
export interface MainModuleOptions {
  /** What stands in the module: `prior "beta"`. */
  readonly what: string;
  readonly configFile: string | null;
}

/**
 * Refuses a prior or a stage written straight into the config or the script.
 *
 * @throws {UserError} saying to move it to its own file.
 */
export function refuseMainModule(
  module: string,
  options: MainModuleOptions,
): void {
  const url = module.replace(/[?#].*$/, "");
  const mains = [options.configFile, process.argv[1]]
    .filter((path) => path != null)
    .map((path) => pathToFileURL(path).href);
  if (!mains.includes(url)) return;
  throw new UserError(
    `Cannot use ${options.what}: it is written in ${url}, which starts the pipeline, and workers could not load it from there`,
    { hint: "Move it to a file of its own, as the default export" },
  );
}
