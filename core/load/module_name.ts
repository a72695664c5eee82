/**
 * What a module of a plugin is called in what is written down: as a
 * config in a folder names it.
 *
 * @module
 */

import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { sourcePath } from "../lib/extension.ts";

/** The program's own folder. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a config calls a module of the user's: its package, else its path. */
export function pathName(module: string, folder: string): string {
  const path = fileURLToPath(withoutQuery(module));
  const [, ...inside] = path.split(`${sep}node_modules${sep}`);
  if (inside.length > 0) {
    const [scope = "", name] = inside.at(-1)!.split(sep);
    return scope.startsWith("@") ? `${scope}/${name}` : scope;
  }
  const way = relative(folder, path);
  if (isAbsolute(way)) return path;
  const plain = way.split(sep).join("/");
  return plain.startsWith("../") ? plain : `./${plain}`;
}

/**
 * What a module is shown as: one of the program's own by its path in there,
 * wherever the program is, `core/vae/stages/train.ts`.
 */
export function moduleName(module: string, folder: string): string {
  const path = fileURLToPath(withoutQuery(module));
  // A package that is installed in there is not the program's own.
  const own = path.startsWith(ROOT) ? path.slice(ROOT.length) : "node_modules";
  return own.startsWith("node_modules")
    ? pathName(module, folder)
    : sourcePath(own.split(sep).join("/"));
}

/** A module's URL, without what a loader may have put behind it. */
export function withoutQuery(module: string): string {
  return module.replace(/[?#].*$/, "");
}
