/**
 * Builds in the cache: libraries and addon in one folder, with a manifest that
 * is written last, so that a half-done one is never used.
 *
 * @module
 */

import {
  copyFile,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import { makeFolder } from "../../store/make_folder.ts";
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

/** Folder of the build for this site, whether it is there or not. */
export function buildDirectory(site: NativeSite): string {
  return join(site.cacheDirectory, site.id);
}

/** Path of the addon in a build. */
export function builtAddon(directory: string): string {
  return join(directory, "tfjs_binding.node");
}

/** The complete build for this site, or null. */
export async function findBuild(
  site: NativeSite,
  options: FindBuildOptions = {},
): Promise<Build | null> {
  const directory = buildDirectory(site);
  try {
    const manifest = JSON.parse(
      await readFile(join(directory, "manifest.json"), "utf8"),
    ) as Manifest;
    for (const [name, { bytes, sha256 }] of Object.entries(manifest.files)) {
      const file = join(directory, name);
      if ((await stat(file)).size !== bytes) return null;
      if (options.digests && await sha256OfFile(file) !== sha256) return null;
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
    join(directory, "manifest.json"),
    (path) => writeFile(path, JSON.stringify(manifest, null, 2)),
  );
}

/** Puts a build's addon where tfjs-node looks for it. */
export async function installAddon(
  site: NativeSite,
  addon: string,
): Promise<void> {
  await makeFolder(dirname(site.addon));
  await replaceFile(site.addon, (path) => copyFile(addon, path));
}

/** Whole or not at all, also beside a process that is loading the old one. */
async function replaceFile(
  target: string,
  write: (path: string) => Promise<void>,
): Promise<void> {
  const fresh = `${target}.${process.pid}.tmp`;
  try {
    await write(fresh);
    await rename(fresh, target);
  } finally {
    await rm(fresh, { force: true });
  }
}
