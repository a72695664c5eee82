/**
 * All source that a module stands for: with what it imports from files,
 * whichever way, and the versions of the packages it uses.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, join } from "node:path";
import { sha256 } from "../../lib/files.ts";
import { foldersUp } from "../../lib/upward.ts";
import { packageFolder, PUBLIC_MODULE } from "./imports.ts";
import { bundleParts, type SourcePart } from "./part.ts";
import { settingsOf } from "./settings.ts";

/** A bundled module. */
export interface SourceBundle {
  /** Code of the module, and of what is imported apart from it. */
  readonly texts: readonly string[];
  /** Digests of other files that the code names, `table.bin@1f3a...`, sorted. */
  readonly data: readonly string[];
  /** Absolute paths of all files that could change the bundle, sorted. */
  readonly files: readonly string[];
  /** Those of which something is in it, sorted. */
  readonly used: readonly string[];
  /** npm packages that the code uses or comes from, `name@version`, sorted. */
  readonly packages: readonly string[];
}

/** Their part is in the key already: validated options, the engine's version. */
const EXEMPT = /^(valibot|@tensorflow\/.*)$/;

/**
 * Bundles the modules at `paths`; esbuild runs once, and once more for each
 * level of modules that are imported by a call.
 *
 * @throws {UserError} Where a module or an import does not parse or exist.
 */
export async function bundleSources(
  paths: readonly string[],
): Promise<ReadonlyMap<string, SourceBundle>> {
  const parts = new Map<string, SourcePart>();
  let waiting = [...new Set(paths)];
  while (waiting.length > 0) {
    for (const [path, part] of await bundleParts(waiting)) {
      parts.set(path, part);
    }
    const apart = [...parts.values()].flatMap((part) => part.apart);
    waiting = [...new Set(apart)].filter((path) => !parts.has(path));
  }
  return new Map(paths.map((path) => [path, merge(path, parts)]));
}

function merge(
  entry: string,
  parts: ReadonlyMap<string, SourcePart>,
): SourceBundle {
  const files = new Set<string>();
  const used = new Set<string>();
  const data = new Set<string>();
  const packages = new Set<string>();
  const addPackage = (name: string, manifest: string | undefined) => {
    packages.add(
      `${name}@${manifest === undefined ? "?" : versionIn(manifest)}`,
    );
    if (manifest !== undefined) files.add(manifest);
  };
  const reached = new Set([entry]);
  // A set may grow while it is walked.
  for (const path of reached) {
    const part = parts.get(path)!;
    for (const file of part.files) files.add(file);
    for (const file of part.used) used.add(file);
    for (const file of part.data) data.add(file);
    for (const other of part.apart) reached.add(other);
    for (const specifier of part.packages) {
      const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
      if (isBuiltin(specifier) || EXEMPT.test(name)) continue;
      const manifest = join("node_modules", name, "package.json");
      addPackage(
        name,
        findUp(path, manifest) ?? findUp(PUBLIC_MODULE, manifest),
      );
    }
  }
  const own = packageFolder(entry);
  // The program's own modules have their sources in the key, installed or not.
  if (own !== undefined && own !== packageFolder(PUBLIC_MODULE)) {
    const name = own.replace(/^.*[\\/]node_modules[\\/]/, "");
    addPackage(name.replaceAll("\\", "/"), findUp(entry, "package.json"));
  }
  return {
    texts: [...reached].map((path) => parts.get(path)!.text),
    data: [...data].map((path) =>
      `${basename(path)}@${sha256(readFileSync(path))}`
    ).sort(),
    files: [...new Set([...files, ...data, ...settingsOf(files)])].sort(),
    used: [...used, ...data].sort(),
    packages: [...packages].sort(),
  };
}

function findUp(from: string, relative: string): string | undefined {
  return foldersUp(dirname(from)).map((folder) => join(folder, relative))
    .find((path) => existsSync(path));
}

function versionIn(manifest: string): string {
  const { version } = JSON.parse(readFileSync(manifest, "utf8"));
  return typeof version === "string" ? version : "?";
}
