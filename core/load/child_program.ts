/**
 * How a child process starts: as this one did, from the bundle or from the
 * sources.
 *
 * @module
 */

import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundleFile } from "./modules.ts";

/** What `fork` of `node:child_process` takes. */
export interface ChildProgram {
  readonly script: string;
  readonly args: readonly string[];
  readonly execArgv: string[];
}

/**
 * The program of the module `source`, a file URL; `launcher` is the script of
 * this folder that starts it from the bundle.
 */
export function childProgram(source: URL, launcher: string): ChildProgram {
  const bundle = bundleFile();
  if (bundle !== undefined) {
    const script = fileURLToPath(new URL(launcher, import.meta.url));
    return { script, args: [bundle], execArgv: [] };
  }
  // Absolute: the config's folder need not have tsx installed.
  const tsx = createRequire(import.meta.url).resolve("tsx");
  return {
    script: fileURLToPath(source),
    args: [],
    execArgv: ["--import", pathToFileURL(tsx).href],
  };
}
