/**
 * Starts a program of the core: from the bundle, and where there can be none
 * from the sources, which tsx compiles one by one as they are imported.
 *
 * A process runs the one or the other, never parts of both.
 *
 * @module
 */

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { evaluate } from "./evaluate.mjs";
import { cacheFolder } from "./cache_folder.mjs";
import { recall } from "./kept.mjs";
import { mapStackTraces } from "./stack_traces.mjs";

const CORE = new URL("../", import.meta.url);
/** What modules end in: compiled ones are JavaScript. */
const EXTENSION = existsSync(new URL("modules.ts", import.meta.url))
  ? ".ts"
  : ".js";
const FOLDER = cacheFolder(fileURLToPath(new URL("../", CORE)));
const RECORD = join(FOLDER, "core.json");
/** Raised when bundles are made in another way. */
const FORMAT = 4;

/**
 * Imports a module of the core and uses it.
 *
 * Where `use` throws `SourcesNeeded`, because somebody's module cannot be
 * compiled into a file of its own, it is called again on the sources.
 *
 * A child is given the bundle of its parent: it then runs the same code, and
 * need not look whether a source has changed.
 *
 * @template T
 * @param {string} module Its path in `core/`, as the sources have it.
 * @param {(module: any) => T | Promise<T>} use
 * @param {string} [given] Path of that bundle.
 * @returns {Promise<T>}
 */
export async function launch(module, use, given) {
  const { href } = new URL(module.replace(/\.ts$/, EXTENSION), CORE);
  const bundle = await openBundle(given);
  if (bundle !== null) {
    const restore = mapStackTraces(FOLDER);
    try {
      return await use(await bundle.load(href));
    } catch (error) {
      if (/** @type {Error} */ (error)?.name !== "SourcesNeeded") throw error;
    }
    restore();
  }
  refuseFolder(fileURLToPath(CORE));
  const { register } = await import("tsx/esm/api");
  register();
  process.setSourceMapsEnabled(true);
  return await use(await import(href));
}

/**
 * The bundle: the one that is `given`, as long as it is there; else it is made
 * where there is none or a source has changed.
 *
 * @param {string} [given]
 * @returns {Promise<{ code: string } | { problem: string }>} Its path, or why
 *   there is none.
 */
export async function findBundle(given) {
  const refusal = process.env["VAE_PRIORS_NO_BUNDLE"] ?? "";
  if (!["", "0", "false"].includes(refusal)) {
    return { problem: "VAE_PRIORS_NO_BUNDLE is set" };
  }
  if (given !== undefined && existsSync(given)) return { code: given };
  const made = `${FORMAT} ${CORE}`;
  const known = recall(RECORD, made);
  if (known !== null) return known;
  try {
    const { makeBundle } = await import("./bundle.mjs");
    return await makeBundle(RECORD, made, EXTENSION) ??
      { problem: "A source has changed only just now" };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * tsx reads the path of a module up to the first "?".
 *
 * @param {string} folder
 */
function refuseFolder(folder) {
  if (!folder.includes("?")) return;
  process.stderr.write(
    `error: Cannot run from the sources in "${folder}": the "?" in the path keeps tsx from finding them\n` +
      "hint: Rename that folder\n",
  );
  process.exit(2);
}

/**
 * @param {string} [given]
 * @returns {Promise<{ load(url: string): Promise<any> } | null>}
 */
async function openBundle(given) {
  const found = await findBundle(given);
  if ("problem" in found) return null;
  try {
    return evaluate(found.code);
  } catch {
    // Another process has just replaced it, or the disk has lost some of it.
    rmSync(RECORD, { force: true });
    return null;
  }
}
