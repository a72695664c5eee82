/**
 * The error for a folder that lacks files: what was looked for, what is there
 * instead, and where a whole set lies.
 *
 * @module
 */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../core/lib/errors.ts";
import { type FolderListing, isComplete, listFolder } from "./folder.ts";
import { formats } from "./formats.ts";
import { type Role, roleNames } from "./mnist.ts";

/** The error for a folder that lacks files; `title` says which folder it is. */
export async function missingFiles(
  listing: FolderListing,
  title: string,
): Promise<UserError> {
  const missing = listing.missing.map((role) => `no ${roleNames[role]}`).join(
    ", ",
  );
  const names = listing.missing.flatMap(wantedNames).join(", ");
  const below = await setsBelow(listing);
  return new UserError(
    `Cannot load the data set from ${title} ("${listing.folder}"): found ${missing}; looked for ${names}, ` +
      `each with or without ".gz" and a prefix such as "emnist-digits-"; the folder ` +
      summarize(listing.entries),
    {
      hint: below.length === 0
        ? `Put all of one data set into the folder: ${
          formats.map(({ wanted }) => wanted).join(", or ")
        }`
        : `Name a folder below it that holds a data set: ${
          below.map((folder) => `"${folder}"`).join(", ")
        }`,
    },
  );
}

/** Folders looked at, lest somebody names a whole disk. */
const LOOKED_AT = 100;

/** Folders with a whole set, one or two levels down: `MNIST/raw` of torchvision. */
async function setsBelow({ folder }: FolderListing): Promise<string[]> {
  const sets: string[] = [];
  let level = [folder];
  let left = LOOKED_AT;
  for (const _ of ["children", "grandchildren"]) {
    const next: string[] = [];
    for (const parent of level) {
      next.push(...await foldersIn(parent));
    }
    level = next.slice(0, left);
    left -= level.length;
    for (const one of level) {
      const listing = await listFolder(one).catch(() => null);
      if (listing !== null && isComplete(listing)) sets.push(one);
    }
  }
  return sets;
}

async function foldersIn(parent: string): Promise<string[]> {
  const entries = await readdir(parent, { withFileTypes: true })
    .catch(() => []);
  return entries.filter((entry) => entry.isDirectory())
    .map(({ name }) => join(parent, name)).sort();
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

function summarize(entries: readonly string[] | null): string {
  if (entries === null) return "does not exist";
  if (entries.length === 0) return "is empty";
  const shown = entries.slice(0, 8).join(", ");
  return entries.length > 8
    ? `holds ${shown} and ${entries.length - 8} more`
    : `holds ${shown}`;
}
