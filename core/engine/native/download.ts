/**
 * TensorFlow's wheel, fetched once and checked.
 *
 * @module
 */

import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../lib/make_folder.ts";
import { ProvisionError } from "./failure.ts";
import type { Pip } from "./find_pip.ts";
import { runPip } from "./pip.ts";
import { hashMismatch } from "./pip_failure.ts";
import { sha256OfFile } from "./sha256.ts";
import type { NativeSite } from "./site.ts";
import type { Wheel } from "./wheels.ts";

/** Options of {@link fetchWheel}. */
export interface FetchOptions {
  readonly pip: () => Promise<Pip>;
  /** Empty folder. */
  readonly scratch: string;
  /** Bytes on disk so far, and in all. */
  readonly onBytes: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Path of the wheel: the one that an earlier attempt left in the cache, else
 * fetched with pip.
 *
 * @throws {ProvisionError} where it cannot be had, or is not the pinned file
 */
export async function fetchWheel(
  site: NativeSite,
  wheel: Wheel,
  options: FetchOptions,
): Promise<string> {
  const kept = wheelPath(site, wheel);
  if (await hasDigest(kept, wheel.sha256)) return kept;
  const target = join(options.scratch, "wheel");
  await makeFolder(target);
  const watch = setInterval(() => {
    largestFile(options.scratch).then(
      (bytes) => options.onBytes(Math.min(bytes, wheel.bytes), wheel.bytes),
      () => {},
    );
  }, 250);
  try {
    const pinned = {
      project: wheel.project,
      version: wheel.version,
      sha256: [wheel.sha256],
    };
    const verb = [
      "download",
      "--python-version=3.11",
      `--platform=${wheel.platform}`,
      `--dest=${target}`,
    ] as const;
    await runPip(site, { verb, pinned }, {
      pip: await options.pip(),
      scratch: options.scratch,
      signal: options.signal,
    });
  } finally {
    clearInterval(watch);
  }
  const [file] = await readdir(target);
  if (file === undefined) {
    throw new ProvisionError(
      "pip",
      `${wheel.project} ${wheel.version} could not be fetched: pip left no file`,
      {
        hint:
          "Update pip (`python3 -m pip install --upgrade pip`), then run setup",
      },
    );
  }
  const fetched = join(target, file);
  if (!await hasDigest(fetched, wheel.sha256)) {
    throw hashMismatch(`${wheel.project} ${wheel.version}`);
  }
  await makeFolder(join(site.cacheDirectory, "downloads"));
  await rename(fetched, kept);
  options.onBytes(wheel.bytes, wheel.bytes);
  return kept;
}

/** Where a wheel is kept until the addon is built; a file put there by hand is taken, too. */
export function wheelPath(site: NativeSite, wheel: Wheel): string {
  return join(site.cacheDirectory, "downloads", wheel.file);
}

async function hasDigest(path: string, sha256: string): Promise<boolean> {
  try {
    if (await sha256OfFile(path) === sha256) return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  await rm(path, { force: true });
  return false;
}

/** pip writes to a temporary folder before it moves the file, so both are watched. */
async function largestFile(directory: string): Promise<number> {
  let largest = 0;
  for (
    const entry of await readdir(directory, {
      withFileTypes: true,
      recursive: true,
    })
  ) {
    if (!entry.isFile()) continue;
    const { size } = await stat(join(entry.parentPath, entry.name)).catch(
      () => ({ size: 0 }),
    );
    largest = Math.max(largest, size);
  }
  return largest;
}
