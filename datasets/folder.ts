/**
 * Finds the four IDX files of a data set in a folder, under any of the names
 * that MNIST, Fashion-MNIST, KMNIST and EMNIST give them.
 *
 * @module
 */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, UserError } from "../core/errors.ts";
import { type ByRole, type Role, roleNames, roles } from "./mnist.ts";

/** What a folder holds. */
export interface FolderListing {
  readonly folder: string;
  /** Absolute paths of the files found. */
  readonly files: Partial<ByRole<string>>;
  readonly missing: readonly Role[];
  /** Names of everything in it; null if there is no such folder. */
  readonly entries: readonly string[] | null;
}

/** `emnist-digits-train-images-idx3-ubyte.gz`, in parts. */
const NAME =
  /^(?:(.+)-)?(train|t10k|test)-(?:images([-.])idx3|labels([-.])idx1)-ubyte(\.gz)?$/;

/**
 * Lists the IDX files of `folder`; a folder that does not exist holds none.
 *
 * Of a file that is there several times the plain one comes before the
 * gzipped one, `-idx` before `.idx` and `t10k` before `test`.
 *
 * @throws {UserError} if the folder cannot be read or holds several data sets.
 */
export async function listFolder(folder: string): Promise<FolderListing> {
  const entries = await readEntries(folder);
  const found = new Map<Role, Candidate>();
  const prefixes = new Set<string>();
  for (const name of entries ?? []) {
    const candidate = parseName(name);
    if (candidate === null) continue;
    prefixes.add(candidate.prefix);
    const best = found.get(candidate.role);
    if (best === undefined || candidate.rank < best.rank) {
      found.set(candidate.role, candidate);
    }
  }
  if (prefixes.size > 1) throw severalSets(folder, prefixes);
  return {
    folder,
    files: Object.fromEntries(
      [...found].map(([role, { name }]) => [role, join(folder, name)]),
    ),
    missing: roles.filter((role) => !found.has(role)),
    entries,
  };
}

/** Whether all four files were found. */
export function isComplete(
  listing: FolderListing,
): listing is FolderListing & { readonly files: ByRole<string> } {
  return listing.missing.length === 0;
}

/** The error for a folder that lacks files; `title` says which folder it is. */
export function missingFiles(listing: FolderListing, title: string): UserError {
  const missing = listing.missing.map((role) => `no ${roleNames[role]}`).join(
    ", ",
  );
  const names = listing.missing.flatMap(wantedNames).join(", ");
  return new UserError(
    `Cannot load the data set from ${title} ("${listing.folder}"): found ${missing}; looked for ${names}, ` +
      `each with or without ".gz" and a prefix such as "emnist-digits-"; the folder ` +
      summarize(listing.entries),
    { hint: "Put all four IDX files of one data set into the folder" },
  );
}

interface Candidate {
  readonly name: string;
  readonly role: Role;
  readonly prefix: string;
  /** The lowest is taken. */
  readonly rank: number;
}

function parseName(name: string): Candidate | null {
  const match = NAME.exec(name);
  if (match === null) return null;
  const [, prefix = "", split, image, label, compressed] = match;
  const kind = image === undefined ? "Labels" : "Images";
  const rank = (split === "test" ? 4 : 0) + ((image ?? label) === "." ? 2 : 0) +
    (compressed === undefined ? 0 : 1);
  return {
    name,
    prefix,
    rank,
    role: `${split === "train" ? "train" : "test"}${kind}`,
  };
}

function wantedNames(role: Role): string[] {
  const splits = role.startsWith("train") ? ["train"] : ["t10k", "test"];
  const kind = role.endsWith("Images")
    ? ["images", "idx3"]
    : ["labels", "idx1"];
  return splits.flatMap((split) =>
    ["-", "."].map((dot) => `${split}-${kind.join(dot)}-ubyte`)
  );
}

async function readEntries(folder: string): Promise<string[] | null> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new UserError(
      `Cannot read data folder "${folder}": ${messageOf(cause)}`,
      { cause },
    );
  }
}

function severalSets(folder: string, prefixes: ReadonlySet<string>): UserError {
  const names = [...prefixes].map((prefix) =>
    `"${prefix === "" ? "train-..." : `${prefix}-...`}"`
  );
  return new UserError(
    `Cannot load the data set from "${folder}": found files of ${prefixes.size} data sets ` +
      `(${names.join(", ")}), expected one`,
    {
      hint: "Put the four files of the one you want into a folder of their own",
    },
  );
}

function summarize(entries: readonly string[] | null): string {
  if (entries === null) return "does not exist";
  if (entries.length === 0) return "is empty";
  const shown = entries.slice(0, 8).join(", ");
  return entries.length > 8
    ? `holds ${shown} and ${entries.length - 8} more`
    : `holds ${shown}`;
}
