/**
 * Finds the module of an npm package as seen from a folder that is not ours.
 *
 * Node's own `import.meta.resolve` only looks from the calling module, and
 * `require.resolve` does not see packages that export for `import` alone.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf, UserError } from "../lib/errors.ts";

/** File URL of the main module of package `name`, installed in `folder` or above it. */
export function packageEntry(name: string, folder: string): string | undefined {
  const directory = packageDirectory(name, folder);
  if (directory === undefined) return undefined;
  const entry = resolve(directory, entryOf(readManifest(directory)));
  const found = [entry, `${entry}.js`, join(entry, "index.js")].find((path) =>
    /\.\w+$/.test(path) && existsSync(path)
  );
  if (found === undefined) {
    throw new UserError(
      `Cannot load package "${name}" (${directory}): its entry "${entry}" is missing`,
      { hint: "Install the package anew, or tell its author" },
    );
  }
  return pathToFileURL(found).href;
}

function packageDirectory(name: string, folder: string): string | undefined {
  // Only the list of node_modules folders is taken from here.
  const folders = createRequire(join(folder, "_")).resolve.paths(name) ?? [];
  return folders.map((path) => join(path, name)).find((path) =>
    existsSync(join(path, "package.json"))
  );
}

function readManifest(directory: string): Readonly<Record<string, unknown>> {
  const path = join(directory, "package.json");
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new UserError(`Cannot read "${path}": ${messageOf(cause)}`, {
      cause,
    });
  }
}

function entryOf(manifest: Readonly<Record<string, unknown>>): string {
  const exported = manifest.exports as
    | string
    | Readonly<Record<string, unknown>>
    | undefined;
  const main = typeof exported === "object" && "." in exported
    ? exported["."]
    : exported;
  return pickCondition(main) ?? text(manifest.module) ?? text(manifest.main) ??
    "index.js";
}

function pickCondition(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (typeof target !== "object" || target === null) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (!["node", "import", "module-sync", "default"].includes(condition)) {
      continue;
    }
    const found = pickCondition(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
