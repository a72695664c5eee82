/**
 * Data sets as MNIST is published: four IDX files.
 *
 * @module
 */

import type { DataFile } from "./data_file.ts";
import { isComplete, listFolder } from "./folder.ts";
import type { DataFormat } from "./format.ts";
import { checkSameSize, pairImages } from "./image_set.ts";
import { type Role, roleNames, roles } from "./mnist.ts";

/** Images and labels, train and test, as IDX files. */
export const idxFormat: DataFormat = {
  name: "IDX",
  wanted: "four IDX files",
  find: async (folder) => {
    const listing = await listFolder(folder);
    if (!isComplete(listing)) return null;
    const { files, prefix } = listing;
    const named = roles.map((role) => [roleNames[role], files[role]]);
    return { files: Object.fromEntries(named), prefix };
  },
  read: (files) => {
    const file = (role: Role): DataFile => files[roleNames[role]]!;
    const train = pairImages(file("trainImages"), file("trainLabels"));
    const test = pairImages(file("testImages"), file("testLabels"));
    checkSameSize(train, test, {
      train: file("trainImages").path,
      test: file("testImages").path,
    });
    return { train, test };
  },
};
