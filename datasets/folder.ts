/**
 * Finds the four IDX files of a data set in a folder, under any of the names
 * that MNIST, Fashion-MNIST, KMNIST, EMNIST and QMNIST give them.
 *
 * @module
 */

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, UserError } from "../core/lib/errors.ts";
import { type ByRole, type Role, roles } from "./mnist.ts";

/** What a folder holds. */
export interface FolderListing {
  readonly folder: string;
  /** Absolute paths of the files found. */
  readonly files: Partial<ByRole<string>>;
  readonly missing: readonly Role[];
  /** What stands before the files' names, `emnist-digits`; mostly nothing. */
  readonly prefix: string;
  /** Everything in it, for people; null if there is no such folder. */
  readonly entries: readonly string[] | null;
}

/** `emnist-digits-train-images-idx3-ubyte.gz`, in parts. */
const NAME =
  /^(?:(.+)-)?(train|t10k|test)-(?:images([-.])idx3-ubyte|labels([-.])idx(?:1-ubyte|2-int))(\.gz)?$/;

/**
 * Lists the IDX files of `folder`; a folder that does not exist holds none.
 *
 * Of a file that is there several times the plain one comes before the
 * gzipped one, `-idx` before `.idx` and `t10k` before `test`. Where a file's name
 * is that of a folder, which unpacking makes, the file in it is taken unless
 * there is one outside; what else bears such a name is passed over.
 *
 * @throws {UserError} if the folder cannot be read or holds several data sets.
 */
export async function listFolder(folder: string): Promise<FolderListing> {
  const names = await readEntries(folder);
  const found = new Map<Role, Candidate>();
  const prefixes = new Set<string>();
  const entries: string[] = [];
  for (const name of names ?? []) {
    const named = parseName(name);
    const other = named && await otherThanFile(join(folder, name));
    entries.push(other === null ? name : `${name} (${other})`);
    const candidate = other === "a folder"
      ? await findInside(folder, named!)
      : other === null
      ? named
      : null;
    if (candidate === null) continue;
    prefixes.add(candidate.prefix);
    const best = found.get(candidate.role);
    if (best === undefined || candidate.rank < best.rank) {
      found.set(candidate.role, candidate);
    }
  }
  const [prefix = ""] = prefixes;
  if (prefixes.size > 1) throw severalSets(folder, prefixes);
  return {
    folder,
    files: Object.fromEntries(
      [...found].map(([role, { name }]) => [role, join(folder, name)]),
    ),
    missing: roles.filter((role) => !found.has(role)),
    prefix,
    entries: names === null ? null : entries,
  };
}

/** Whether all four files were found. */
export function isComplete(
  listing: FolderListing,
): listing is FolderListing & { readonly files: ByRole<string> } {
  return listing.missing.length === 0;
}

/** What something is that is no file, for people; null for a file. */
async function otherThanFile(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    if (found.isFile()) return null;
    return found.isDirectory() ? "a folder" : "no file";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Of anything else reading it will tell.
    return code === "ENOENT" || code === "ELOOP" ? "a broken link" : null;
  }
}

/** The file within a folder of a file's name: `train-images-idx3-ubyte` of Kaggle's. */
async function findInside(
  folder: string,
  outer: Candidate,
): Promise<Candidate | null> {
  const names = await readEntries(join(folder, outer.name)).catch(() => null);
  const found: Candidate[] = [];
  for (const name of names ?? []) {
    const inner = parseName(name);
    if (inner?.role !== outer.role || inner.prefix !== outer.prefix) continue;
    const path = join(outer.name, name);
    if (await otherThanFile(join(folder, path)) !== null) continue;
    found.push({ ...inner, name: path, rank: INSIDE + inner.rank });
  }
  return found.sort((a, b) => a.rank - b.rank)[0] ?? null;
}

interface Candidate {
  /** Path from the folder. */
  readonly name: string;
  readonly role: Role;
  readonly prefix: string;
  /** The lowest is taken. */
  readonly rank: number;
}

/** More than any rank of a file outside. */
const INSIDE = 8;

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
      `(${names.join(", ")}), want one`,
    {
      hint: "Put the four files of the one you want into a folder of their own",
    },
  );
}
