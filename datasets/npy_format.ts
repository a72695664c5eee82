/**
 * Data sets as NumPy's arrays, a file each.
 *
 * @module
 */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { namedContents, setOfArrays } from "./array_set.ts";
import type { DataFormat } from "./format.ts";

const ENDING = /\.npy(?:\.gz)?$/;

/** `train_images.npy`, `train_labels.npy` and the same of `test`, or a pair. */
export const npyFormat: DataFormat = {
  name: "NumPy",
  wanted:
    "train_images.npy, train_labels.npy, test_images.npy and test_labels.npy, or images.npy and labels.npy",
  find: async (folder) => {
    const names = await readdir(folder).catch(() => []);
    // Backwards, so that of a file and its gzipped copy the file is kept.
    const files = new Map(
      names.filter((name) => ENDING.test(name)).sort().reverse()
        .map((name) => [name.replace(ENDING, ""), name]),
    );
    const contents = namedContents([...files.keys()]);
    if (contents === null) return null;
    const paths = Object.entries(contents).map(([content, name]) =>
      [content, join(folder, files.get(name)!)] as const
    );
    return { files: Object.fromEntries(paths), prefix: "" };
  },
  read: (files) =>
    setOfArrays(Object.fromEntries(
      Object.entries(files).map(([content, { path, bytes }]) =>
        [content, { title: `NumPy file "${path}"`, bytes }] as const
      ),
    )),
};
