/**
 * In what form a data set lies in a folder.
 *
 * @module
 */

import type { DataFile } from "./data_file.ts";
import type { SizedImageSet } from "./image_set.ts";

/** Paths of a set's files by what they hold, for people: `train images`. */
type SetFiles = Readonly<Record<string, string>>;

/** The files of a set. */
export interface FoundSet {
  /** Absolute paths. */
  readonly files: SetFiles;
  /** What stands before the files' names, `emnist-digits`; mostly nothing. */
  readonly prefix: string;
  /** Absolute path of what names the set, where that is not the folder. */
  readonly folder?: string;
}

/** A set that was read. */
export interface ReadSet {
  readonly train: SizedImageSet;
  readonly test: SizedImageSet;
}

/** A form of data sets. */
export interface DataFormat {
  /** `IDX`. */
  readonly name: string;
  /** Names of files to look for, for people: `mnist_train.csv and mnist_test.csv`. */
  readonly wanted: string;
  /**
   * The files of a whole set; null where the folder has none.
   *
   * @throws {UserError} where it cannot be read, or holds several.
   */
  find(folder: string): Promise<FoundSet | null>;
  /** The set that one file is; null where it is no such file. */
  readonly openFile?: (path: string) => FoundSet | null;
  /**
   * Of a set of many files those that have one digest in a key together, by
   * what each holds: `images of train/cat` of `train/cat/001.png`.
   */
  readonly groupOf?: (what: string) => string;
  /**
   * The set that is in files, with the paths that they were read from.
   *
   * @throws {UserError} at the first defect, with its place, what was found and
   * what is wanted.
   */
  read(
    files: Readonly<Record<string, DataFile>>,
  ): ReadSet | Promise<ReadSet>;
}
