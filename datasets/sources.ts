/**
 * Where the data set comes from: the first of the folder asked for,
 * `MNIST_DIR`, the project's `datasets/mnist/` and the public mirrors; else
 * drawn digits.
 *
 * A folder that a person names is never silently replaced by another source.
 *
 * @module
 */

import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { messageOf, UserError } from "../core/lib/errors.ts";
import { isMistake } from "../core/lib/network/proxy_failure.ts";
import { readDataFile, sha256 } from "./data_file.ts";
import { downloadMnist } from "./download.ts";
import { type FolderListing, isComplete, listFolder } from "./folder.ts";
import { idxFormat } from "./idx_format.ts";
import { findArrays } from "./kept_arrays.ts";
import { missingFiles } from "./missing.ts";
import type { DataFormat, FoundSet } from "./format.ts";
import { formats } from "./formats.ts";
import { mnistDigests, type MnistPlaces, mnistPlaces, roles } from "./mnist.ts";

/** `files` never falls back to drawn digits; `synthetic` looks for no files. */
type SourceChoice = "auto" | "files" | "synthetic";

/** Options of {@link findSource}. */
export interface SourceOptions {
  /** Folder of the files, from `baseDirectory`. */
  readonly dir?: string | undefined;
  /** Arrays of a script, by name and digest. */
  readonly arrays?: string | undefined;
  /** Default `auto`. */
  readonly source?: SourceChoice | undefined;
  /** Default: the working directory. */
  readonly baseDirectory?: string | undefined;
  /** Whether to fetch MNIST where no files are found; default true. */
  readonly download?: boolean | undefined;
  /** Told when a download begins and when it fails. */
  readonly notify?: ((message: string) => void) | undefined;
  /** Default: the project's folder and the public mirrors. */
  readonly places?: MnistPlaces | undefined;
}

/** Files in a folder. */
export interface FileSource extends FoundSet {
  /** Tells it from drawn digits. */
  readonly kind: "files";
  readonly format: DataFormat;
  /** Absolute path of the folder, or of the file that is the whole set. */
  readonly folder: string;
}

/** Digits to be drawn. */
interface SyntheticSource {
  /** Tells it from files. */
  readonly kind: "synthetic";
  /** Why there is nothing better. */
  readonly reason: string;
  /** What to do to have something better. */
  readonly advice: string;
}

/** Where a data set comes from. */
export type DataSource = FileSource | SyntheticSource;

/**
 * Finds the data, fetching it where it must.
 *
 * A download that failed is not tried again in the same process.
 *
 * @throws {UserError} if a folder that was named lacks files, `files` were asked
 * for and there are none, or the proxy on the way to them is set wrongly.
 */
export async function findSource(
  options: SourceOptions = {},
): Promise<DataSource> {
  const { dir, source = "auto", baseDirectory = ".", places = mnistPlaces } =
    options;
  if (source === "synthetic") return ASKED_FOR;
  if (options.arrays !== undefined) {
    if (dir === undefined) {
      const found = await findArrays(options.arrays);
      return { kind: "files", format: idxFormat, ...found };
    }
    throw new UserError(
      'Cannot load the data set: found both arrays and the option "dir", want one of them',
      { hint: 'Leave out "dataset" of the config, or load_mnist.dir' },
    );
  }
  if (dir !== undefined) {
    return await namedFolder(resolve(baseDirectory, dir), 'the option "dir"');
  }
  const fromEnvironment = process.env["MNIST_DIR"];
  if (fromEnvironment) {
    return await namedFolder(resolve(fromEnvironment), "MNIST_DIR");
  }

  let listing = await listFolder(places.projectFolder);
  let failure: string | undefined;
  if (!isComplete(listing) && options.download !== false) {
    failure = await downloadOnce(listing, places, options.notify);
    listing = await listFolder(places.projectFolder);
  }
  const found = await findSet(places.projectFolder);
  if (found !== null) return found;
  if (listing.missing.length < roles.length) {
    throw await missingFiles(listing, "the project's folder");
  }
  if (source === "files") {
    throw new UserError(
      `Cannot load the data set: found no IDX files in "${places.projectFolder}" and no MNIST_DIR` +
        (failure === undefined ? "" : `, and the download failed (${failure})`),
      { hint: ADVICE },
    );
  }
  return {
    kind: "synthetic",
    reason: `MNIST_DIR is not set, "${
      shortened(places.projectFolder)
    }" has no files, and the public mirrors gave none`,
    advice: ADVICE,
  };
}

/** A folder without where this machine has it: the reason goes into reports. */
function shortened(folder: string): string {
  return `${basename(dirname(folder))}/${basename(folder)}`;
}

const ASKED_FOR: SyntheticSource = {
  kind: "synthetic",
  reason: 'the option "source" asks for them',
  advice: 'For MNIST, set "source" to "auto"',
};

const ADVICE =
  "For MNIST, set MNIST_DIR to a folder with its four IDX files, or run again with a network";

async function namedFolder(folder: string, title: string): Promise<FileSource> {
  return await findSet(folder) ??
    Promise.reject(await missingFiles(await listFolder(folder), title));
}

/** The set in a folder, or in a file, in the first format that has one; null where none has. */
async function findSet(folder: string): Promise<FileSource | null> {
  const isFile = await stat(folder).then((one) => one.isFile(), () => false);
  for (const format of formats) {
    const found = isFile
      ? format.openFile?.(folder) ?? null
      : await format.find(folder);
    if (found !== null) return { kind: "files", format, folder, ...found };
  }
  return null;
}

/** Downloads under way or failed, by the folder they go to; each gives why it failed. */
const downloads = new Map<string, Promise<string | undefined>>();

async function downloadOnce(
  listing: FolderListing,
  places: MnistPlaces,
  notify: SourceOptions["notify"],
): Promise<string | undefined> {
  const { projectFolder } = places;
  const download = downloads.get(projectFolder) ??
    complete(listing, places, notify);
  downloads.set(projectFolder, download);
  const failure = await download;
  // After a success the files speak for themselves, should they go away again.
  if (failure === undefined) downloads.delete(projectFolder);
  return failure;
}

/** Fetches the files that are missing; gives why it failed. */
async function complete(
  listing: FolderListing,
  places: MnistPlaces,
  notify: SourceOptions["notify"],
): Promise<string | undefined> {
  await checkIsMnist(listing);
  notify?.(
    `MNIST is not here yet: downloading it (11 MB) into ${places.projectFolder}`,
  );
  try {
    await downloadMnist(listing.missing, places);
    return undefined;
  } catch (error) {
    if (isMistake(error)) throw error;
    notify?.(`MNIST could not be downloaded: ${messageOf(error)}`);
    return messageOf(error);
  }
}

/** Files of another data set must not be completed with MNIST's. */
async function checkIsMnist(listing: FolderListing): Promise<void> {
  for (const role of roles) {
    const path = listing.files[role];
    if (
      path !== undefined &&
      sha256((await readDataFile(path)).bytes) !== mnistDigests[role]
    ) {
      throw await missingFiles(listing, "the project's folder");
    }
  }
}
