/**
 * The data sets: MNIST and any set of grey images from a folder (IDX files,
 * tables, NumPy's arrays, PNG images) or from the public mirrors, and digits drawn by the
 * program where neither can be had.
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
export type { ArrayDataset } from "./from_arrays.ts";
export { ARRAYS_ID, keepArrays } from "./kept_arrays.ts";
export { readDataFile } from "./data_file.ts";
export { fingerprintSource } from "./fingerprint.ts";
export { loadDataset, readSource } from "./load.ts";
export { countClasses } from "./image_set.ts";
export { type FileSource, findSource } from "./sources.ts";
