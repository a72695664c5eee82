/**
 * The data sets: IDX files (MNIST and any set in its format) from a folder or
 * from the public mirrors, and digits drawn by the program where neither can
 * be had.
 *
 * @example
 * ```ts
 * import { loadDataset } from "./datasets/mod.ts";
 *
 * const { name, train, height, width } = await loadDataset({ source: "synthetic", trainLimit: 100 });
 * console.log(name, train.count, height, width); // synthetic 100 28 28
 * ```
 *
 * @module
 */

export type { Dataset, ImageSet } from "./types.ts";
export { type DataFile, readDataFile } from "./data_file.ts";
export { fingerprintSource } from "./fingerprint.ts";
export { type IdxArray, parseIdx } from "./idx.ts";
export {
  loadDataset,
  type LoadOptions,
  type LoadResult,
  readSource,
} from "./load.ts";
export { countClasses, type Limits } from "./image_set.ts";
export type { ByRole, MnistPlaces, Role } from "./mnist.ts";
export {
  type DataSource,
  type FileSource,
  findSource,
  type SourceChoice,
  type SourceOptions,
  type SyntheticSource,
} from "./sources.ts";
export {
  SYNTHETIC_TEST,
  SYNTHETIC_TRAIN,
  SYNTHETIC_VERSION,
  syntheticDigits,
  type SyntheticOptions,
} from "./synthetic.ts";
