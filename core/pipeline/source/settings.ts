/**
 * Files that say how sources are compiled and where their imports lead: the
 * `tsconfig.json` and `package.json` above them.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { foldersUp } from "../../lib/upward.ts";

/**
 * The settings of the files at `paths`, and every place where one could be put
 * that would go before them.
 */
export function settingsOf(paths: Iterable<string>): ReadonlySet<string> {
  const settings = new Set<string>();
  const folders = new Set([...paths].map((path) => dirname(path)));
  for (const folder of folders) {
    for (const name of ["tsconfig.json", "package.json"]) {
      for (const place of placesAbove(folder, name)) settings.add(place);
    }
  }
  // A set may grow while it is walked.
  for (const path of settings) {
    for (const other of extended(path)) settings.add(other);
  }
  return settings;
}

/** From the folder upwards to the first file of that name. */
function placesAbove(folder: string, name: string): readonly string[] {
  const places = foldersUp(folder).map((one) => join(one, name));
  const first = places.findIndex((place) => existsSync(place));
  return first === -1 ? places : places.slice(0, first + 1);
}

/** What a tsconfig.json extends by path; one of a package has its version. */
function extended(path: string): readonly string[] {
  if (!path.endsWith(".json") || path.endsWith("package.json")) return [];
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  const [, list = ""] = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/.exec(text) ?? [];
  return [...list.matchAll(/"(\.{1,2}\/[^"]+)"/g)].map(([, specifier]) => {
    const file = resolve(dirname(path), specifier!);
    return file.endsWith(".json") ? file : `${file}.json`;
  });
}
