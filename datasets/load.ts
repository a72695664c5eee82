/**
 * Reads a data set from where it was found.
 *
 * @module
 */

import { shapeOfImage } from "../core/lib/image_shape.ts";
import { readDataFile } from "./data_file.ts";
import { fingerprintFiles, syntheticFingerprint } from "./fingerprint.ts";
import { checkGreyLevels } from "./grey_levels.ts";
import { ofEach } from "./of_each.ts";
import { identify } from "./identity.ts";
import { type Limits, takeFirst } from "./image_set.ts";
import {
  type DataSource,
  type FileSource,
  findSource,
  type SourceOptions,
} from "./sources.ts";
import {
  SYNTHETIC_TEST,
  SYNTHETIC_TRAIN,
  syntheticDigits,
} from "./synthetic.ts";
import type { Dataset } from "./types.ts";

/** Options of {@link loadDataset}. */
export interface LoadOptions extends SourceOptions {
  /** Training images to take, from the first on. */
  readonly trainLimit?: number | undefined;
  /** Test images to take, from the first on. */
  readonly testLimit?: number | undefined;
}

/** A data set with the fingerprint of the very bytes it was read from. */
export interface LoadResult {
  /** The data set. */
  readonly dataset: Dataset;
  /** As of `fingerprintSource`. */
  readonly fingerprint: Readonly<Record<string, string>>;
  /** What to know of it. */
  readonly warnings: readonly string[];
}

/**
 * Finds a data set and reads it.
 *
 * @throws {UserError} if a folder that was named lacks files, or a file is
 * defective.
 */
export async function loadDataset(options: LoadOptions = {}): Promise<Dataset> {
  const source = await findSource(options);
  const limits = { train: options.trainLimit, test: options.testLimit };
  return (await readSource(source, limits)).dataset;
}

/**
 * Reads the data set of a source.
 *
 * @throws {UserError} if a file is defective.
 */
export async function readSource(
  source: DataSource,
  limits: Limits = {},
): Promise<LoadResult> {
  return source.kind === "files"
    ? await readFiles(source, limits)
    : draw(limits);
}

async function readFiles(
  source: FileSource,
  limits: Limits,
): Promise<LoadResult> {
  const { files, format } = source;
  const read = await ofEach(files, readDataFile);
  const { train, test } = await format.read(read);
  const [trainPath = "", testPath = ""] = ["train", "test"].map((split) =>
    Object.entries(files).find(([what]) => what.startsWith(`${split} `))?.[1] ??
      source.folder
  );
  const dark = [
    checkGreyLevels(train.images, trainPath),
    checkGreyLevels(test.images, testPath),
  ].find((warning) => warning !== null);
  const { name, warning } = identify(source, { train, test });
  const fingerprint = await fingerprintFiles(source, (what) => read[what]!);
  const dataset = {
    name,
    source: fingerprint["data"]!,
    synthetic: false,
    ...shapeOfImage(train),
    train: takeFirst(train, limits.train),
    test: takeFirst(test, limits.test),
  };
  return {
    dataset,
    fingerprint,
    warnings: [warning, dark].filter((text) => typeof text === "string"),
  };
}

function draw(limits: Limits): LoadResult {
  const dataset = syntheticDigits({
    train: Math.min(SYNTHETIC_TRAIN, limits.train ?? SYNTHETIC_TRAIN),
    test: Math.min(SYNTHETIC_TEST, limits.test ?? SYNTHETIC_TEST),
  });
  return { dataset, fingerprint: syntheticFingerprint(), warnings: [] };
}
