/**
 * Builds in the cache: libraries and addon in one folder, with a manifest that
 * is written last, so that a half-done one is never used. A new one gets a
 * folder beside the old one, which goes when the new one is complete: an addon
 * names the folder of its libraries, so neither can be moved.
 *
 * @module
 */

import { randomBytes, randomUUID } from "node:crypto";
import {
  access,
  copyFile,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "../../lib/make_folder.ts";
import { sha256OfFile } from "./sha256.ts";
import type { NativeSite } from "./site.ts";

/** A complete build. */
export interface Build {
  readonly directory: string;
  readonly addon: string;
  /** Version of TensorFlow. */
  readonly tensorflow: string;
}

/** Options of {@link findBuild}. */
export interface FindBuildOptions {
  /** Compare the contents, not only the sizes: reads the whole build. */
  readonly digests?: boolean;
}

interface Manifest {
  readonly tensorflow: string;
  readonly files: Readonly<
    Record<string, { readonly bytes: number; readonly sha256: string }>
  >;
}

/** Name of the manifest in a build's folder. */
const MANIFEST = "manifest.json";

/** Path of the addon in a build. */
export function builtAddon(directory: string): string {
  return join(directory, "tfjs_binding.node");
}

/** A folder for a new build of this site, which is not there yet. */
export async function freshBuildDirectory(site: NativeSite): Promise<string> {
  const first = join(site.cacheDirectory, site.id);
  const isFree = await access(first).then(() => false, () => true);
  return isFree ? first : `${first}-${randomBytes(4).toString("hex")}`;
}

/** The newest complete build for this site, or null. */
export async function findBuild(
  site: NativeSite,
  options: FindBuildOptions = {},
): Promise<Build | null> {
  const sealed: { directory: string; at: number }[] = [];
  for (const directory of await buildDirectories(site)) {
    const at = await sealedAt(directory);
    if (at !== null) sealed.push({ directory, at });
  }
  for (const { directory } of sealed.sort((a, b) => b.at - a.at)) {
    const build = await readBuild(directory, options);
    if (build !== null) return build;
  }
  return null;
}

/** Removes what killed processes have left half-done. */
export async function removeHalfDone(site: NativeSite): Promise<void> {
  for (const directory of await buildDirectories(site)) {
    if (await sealedAt(directory) === null) await removeFolder(directory);
  }
}

/** Removes the builds that `build` replaces. */
export async function removeOthers(
  site: NativeSite,
  build: Build,
): Promise<void> {
  for (const directory of await buildDirectories(site)) {
    if (directory !== build.directory) await removeFolder(directory);
  }
}

/** Declares a build complete. */
export async function sealBuild(
  directory: string,
  { files, tensorflow }: {
    readonly files: readonly string[];
    readonly tensorflow: string;
  },
): Promise<void> {
  const entries: [string, { bytes: number; sha256: string }][] = [];
  for (const name of files) {
    const file = join(directory, name);
    entries.push([name, {
      bytes: (await stat(file)).size,
      sha256: await sha256OfFile(file),
    }]);
  }
  const manifest: Manifest = { tensorflow, files: Object.fromEntries(entries) };
  await replaceFile(
    join(directory, MANIFEST),
    (path) => writeFile(path, JSON.stringify(manifest, null, 2)),
  );
}

/**
 * Puts a build's addon where tfjs-node looks for it. Gives the path to load it
 * from, which is the build's own where `node_modules` cannot be written to: root
 * may have installed it for others.
 */
export async function installAddon(
  site: NativeSite,
  addon: string,
): Promise<string> {
  try {
    await makeFolder(dirname(site.addon));
    await replaceFile(site.addon, (path) => copyFile(addon, path));
    return site.addon;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["EACCES", "EPERM", "EROFS"].includes(code)) throw error;
    return addon;
  }
}

async function readBuild(
  directory: string,
  { digests = false }: FindBuildOptions,
): Promise<Build | null> {
  try {
    const manifest = JSON.parse(
      await readFile(join(directory, MANIFEST), "utf8"),
    ) as Manifest;
    for (const [name, { bytes, sha256 }] of Object.entries(manifest.files)) {
      const file = join(directory, name);
      if ((await stat(file)).size !== bytes) return null;
      if (digests && await sha256OfFile(file) !== sha256) return null;
    }
    return {
      directory,
      addon: builtAddon(directory),
      tensorflow: manifest.tensorflow,
    };
  } catch {
    return null;
  }
}

/** Folders of builds for this site, complete or not. */
async function buildDirectories(site: NativeSite): Promise<string[]> {
  const names = await readdir(site.cacheDirectory).catch(() => []);
  return names.filter((name) =>
    name === site.id || name.startsWith(`${site.id}-`)
  ).map((name) => join(site.cacheDirectory, name));
}

/** When a build was declared complete, or null. */
async function sealedAt(directory: string): Promise<number | null> {
  return await stat(join(directory, MANIFEST)).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

async function removeFolder(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

/** Whole or not at all, also beside a process that is loading the old one. */
async function replaceFile(
  target: string,
  write: (path: string) => Promise<void>,
): Promise<void> {
  // Not by the process's number: another container may use it, too.
  const fresh = `${target}.${randomUUID()}.tmp`;
  try {
    await write(fresh);
    await rename(fresh, target);
  } finally {
    await rm(fresh, { force: true });
  }
}
