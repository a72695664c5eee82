/**
 * From nothing to a build in the cache: TensorFlow's libraries from the Python
 * package index, and tfjs-node's addon compiled against them.
 *
 * @module
 */

import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  type Build,
  builtAddon,
  freshBuildDirectory,
  removeHalfDone,
  sealBuild,
} from "./build_cache.ts";
import { findCompiler } from "./compiler.ts";
import { fetchWheel, wheelPath } from "./download.ts";
import { ProvisionError } from "./failure.ts";
import { loadHint } from "./load_failure.ts";
import { requireCachePath } from "./paths.ts";
import { type Pip, requirePip } from "./find_pip.ts";
import { probeAddon } from "./probe.ts";
import type { NativeSite } from "./site.ts";
import { unpackWheel } from "./unpack.ts";
import type { Wheel } from "./wheels.ts";
import { fetchZig, removeZig } from "./zig.ts";
import { checkSpace } from "./disk_space.ts";
import { compile } from "./compile_build.ts";

/** What is being done: `wait` is for another process that does it. */
type ProvisionPhase =
  | "wait"
  | "compiler"
  | "download"
  | "unpack"
  | "compile"
  | "verify"
  | "install";

/** Told of progress; bytes in `download` and `unpack`, else 0 of 1 and 1 of 1. */
export type ProvisionProgress = (
  phase: ProvisionPhase,
  done: number,
  total: number,
) => void;

/** Options of {@link makeBuild}. */
export interface MakeBuildOptions {
  readonly onProgress: ProvisionProgress;
  readonly signal: AbortSignal;
}

/**
 * Makes a build, beside one that is there. The caller holds the lock; whatever
 * an earlier holder left half-done is swept away first.
 *
 * @throws {ProvisionError} with one sentence of reason, and what to do
 */
export async function makeBuild(
  site: NativeSite,
  wheel: Wheel,
  options: MakeBuildOptions,
): Promise<Build> {
  requireCachePath(site);
  await removeStale(site);
  const directory = await freshBuildDirectory(site);
  await checkSpace(site, wheel);
  const scratch = await mkdtemp(join(site.cacheDirectory, "work-"));
  let pip: Promise<Pip> | undefined;
  const tools = {
    pip: () => pip ??= requirePip(site, options.signal),
    scratch,
    signal: options.signal,
  };
  try {
    // Before the large download: without a compiler it would be for nothing.
    const compiler = await step(
      "compiler",
      options,
      async () =>
        await findCompiler(site, options.signal) ?? await fetchZig(site, tools),
    );
    const onBytes = (phase: ProvisionPhase) => (done: number, total: number) =>
      options.onProgress(phase, done, total);
    const file = await fetchWheel(site, wheel, {
      ...tools,
      onBytes: onBytes("download"),
    });
    const fresh = join(scratch, "build");
    const headers = join(scratch, "include");
    await unpackWheel(file, wheel, {
      libraries: join(fresh, "lib"),
      headers,
      onBytes: onBytes("unpack"),
      signal: options.signal,
    });
    const libraries = wheel.libraries.map((library) =>
      join("lib", basename(library))
    );
    // The addon names its libraries by their last address, so they move first.
    await rename(fresh, directory);
    await step(
      "compile",
      options,
      () => compile(site, { compiler, directory, headers, libraries, tools }),
    );
    const tensorflow = await step(
      "verify",
      options,
      () => verify(site, directory, options.signal),
    );
    await sealBuild(directory, {
      files: [...libraries, basename(builtAddon(directory))],
      tensorflow,
    });
    await rm(wheelPath(site, wheel), { force: true });
    await removeZig(site);
    return { directory, addon: builtAddon(directory), tensorflow };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Brackets one phase that has no bytes to count. */
async function step<T>(
  phase: ProvisionPhase,
  options: MakeBuildOptions,
  work: () => Promise<T>,
): Promise<T> {
  options.onProgress(phase, 0, 1);
  const result = await work();
  options.onProgress(phase, 1, 1);
  return result;
}

async function verify(
  site: NativeSite,
  directory: string,
  signal: AbortSignal,
): Promise<string> {
  const probe = await probeAddon(site, builtAddon(directory), {
    fresh: true,
    signal,
  });
  if (probe?.ok) return probe.tensorflow;
  throw new ProvisionError(
    "load",
    `The addon was built, but it does not load: ${
      probe?.error ?? "it is gone"
    }`,
    { hint: loadHint(site.env) },
  );
}

async function removeStale(site: NativeSite): Promise<void> {
  await removeHalfDone(site);
  for (const name of await readdir(site.cacheDirectory)) {
    if (name.startsWith("work-")) {
      await rm(join(site.cacheDirectory, name), {
        recursive: true,
        force: true,
      });
    }
  }
}
