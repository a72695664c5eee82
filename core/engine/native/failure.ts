/**
 * Why the native engine could not be had, in a sentence, and the memory of it:
 * `auto` does not spend a minute on the same failure at every run.
 *
 * @module
 */

import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { plural } from "../../lib/count.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import type { NativeSite } from "./site.ts";

/** Kinds of failure; the slow ones are remembered. */
export type FailureKind =
  | "unsupported"
  | "disabled"
  | "python"
  | "pip"
  | "compiler"
  | "network"
  | "hash"
  | "disk"
  | "permission"
  | "compile"
  | "load";

/** The native engine could not be provisioned. */
export class ProvisionError extends Error {
  readonly kind: FailureKind;
  /** What the person can do. */
  readonly hint: string;

  constructor(
    kind: FailureKind,
    message: string,
    options: { hint: string; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = "ProvisionError";
    this.kind = kind;
    this.hint = options.hint;
  }
}

/** A failure that was written down. */
export interface RememberedFailure {
  readonly kind: FailureKind;
  readonly message: string;
  readonly hint: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** For how long `auto` takes a remembered failure for granted. */
const MEMORY_MS = 6 * 60 * 60 * 1000;

/** Failures that take long to find out; the others are found at once, so they are tried each time. */
const SLOW: ReadonlySet<FailureKind> = new Set([
  "network",
  "pip",
  "hash",
  "compiler",
  "compile",
  "load",
]);

/** The failure that `auto` need not repeat, or null. */
export async function recallFailure(
  site: NativeSite,
): Promise<RememberedFailure | null> {
  try {
    const failure = JSON.parse(await readFile(memory(site), "utf8")) as
      & RememberedFailure
      & { id: string };
    const age = Date.now() - failure.at;
    return failure.id === site.id && age >= 0 && age < MEMORY_MS
      ? failure
      : null;
  } catch {
    return null;
  }
}

/** Writes down a slow failure; a cache that cannot be written to is no second failure. */
export async function rememberFailure(
  site: NativeSite,
  error: ProvisionError,
): Promise<void> {
  if (!SLOW.has(error.kind)) return;
  const { kind, message, hint } = error;
  try {
    await makeFolder(site.cacheDirectory);
    await writeFile(
      memory(site),
      JSON.stringify({ id: site.id, kind, message, hint, at: Date.now() }),
    );
  } catch {
    // Then it is tried again next time.
  }
}

/** Forgets what was written down. */
export async function forgetFailure(site: NativeSite): Promise<void> {
  await rm(memory(site), { force: true });
}

/** `3 hours ago`. */
export function describeAge(at: number): string {
  const minutes = Math.round((Date.now() - at) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${plural(minutes, "minute")} ago`;
  const hours = Math.round(minutes / 60);
  return `${plural(hours, "hour")} ago`;
}

/** Names what the file system refused, or gives the error back. */
export function fileSystemFailure(error: unknown, site: NativeSite): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const path = (error as NodeJS.ErrnoException | undefined)?.path ??
    site.cacheDirectory;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new ProvisionError(
      "disk",
      `The disk filled up while TensorFlow was being set up in ${site.cacheDirectory}`,
      {
        hint:
          "Free some space, or set VAE_PRIORS_CACHE to a folder on a larger disk",
        cause: error,
      },
    );
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new ProvisionError(
      "permission",
      `Cannot write to ${path}: ${code}`,
      {
        hint: "Make it writable, or set VAE_PRIORS_CACHE to a folder that is",
        cause: error,
      },
    );
  }
  return error;
}

function memory(site: NativeSite): string {
  return join(site.cacheDirectory, "last_failure.json");
}
