/**
 * Files that a module does not import but names by their URL:
 * `new URL("./table.json", import.meta.url)`, to read them or to start a worker.
 *
 * @module
 */

import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Absolute paths of what modules name. */
export interface NamedFiles {
  readonly modules: readonly string[];
  readonly data: readonly string[];
}

const NAMED =
  /\bnew\s+URL\(\s*(["'`])(\.{1,2}\/[^"'`$]+)\1\s*,\s*import\.meta/g;
const MODULE = /\.[cm]?[jt]sx?$/;

/** The files that the modules at `paths` name, as far as they exist. */
export function namedFiles(paths: readonly string[]): NamedFiles {
  const named = new Set(paths.flatMap((path) => {
    const text = readFileSync(path, "utf8");
    return [...text.matchAll(NAMED)].map(([, , specifier]) =>
      resolve(dirname(path), specifier!)
    );
  }));
  const files = [...named].filter((path) =>
    statSync(path, { throwIfNoEntry: false })?.isFile()
  ).sort();
  return {
    modules: files.filter((path) => MODULE.test(path)),
    data: files.filter((path) => !MODULE.test(path)),
  };
}
