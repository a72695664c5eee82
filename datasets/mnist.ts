/**
 * What is known about MNIST: its four files, their digests and where the
 * public finds them.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isCompiled } from "../core/lib/extension.ts";
import { cacheRoot } from "../core/lib/user_cache.mjs";

/** What a file of a data set holds. */
export type Role = "trainImages" | "trainLabels" | "testImages" | "testLabels";

/** The four files of a data set. */
export const roles: readonly Role[] = [
  "trainImages",
  "trainLabels",
  "testImages",
  "testLabels",
];

/** A value for each of the four files. */
export type ByRole<T> = Readonly<Record<Role, T>>;

/** `train images`: for people. */
export const roleNames: ByRole<string> = {
  trainImages: "train images",
  trainLabels: "train labels",
  testImages: "test images",
  testLabels: "test labels",
};

/** Names of MNIST's files, as published; mirrors add `.gz`. */
export const mnistNames: ByRole<string> = {
  trainImages: "train-images-idx3-ubyte",
  trainLabels: "train-labels-idx1-ubyte",
  testImages: "t10k-images-idx3-ubyte",
  testLabels: "t10k-labels-idx1-ubyte",
};

/** sha256 of MNIST's files, decompressed: gzip wrappers differ between copies. */
export const mnistDigests: ByRole<string> = {
  trainImages:
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  trainLabels:
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  testImages:
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  testLabels:
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};

/**
 * sha256 of the gzipped files as they are published, of all but the largest,
 * whose copies differ in their wrapper.
 */
export const publishedDigests: Omit<ByRole<string>, "trainImages"> = {
  trainLabels:
    "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
  testImages:
    "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
  testLabels:
    "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
};

/** Where MNIST is kept and fetched from. */
export interface MnistPlaces {
  /** Folder that downloads go to, and that is searched last. */
  readonly projectFolder: string;
  /** Addresses of folders, each ending in a slash. */
  readonly mirrors: readonly string[];
  /** Milliseconds a mirror has for its first byte, and for each further piece. */
  readonly patience: number;
}

/** The project's `datasets/mnist/`, installed the user's cache, and the mirrors that PyTorch and the CVDF keep. */
export const mnistPlaces: MnistPlaces = {
  projectFolder: isCompiled
    ? join(cacheRoot(), "mnist")
    : fileURLToPath(new URL("./mnist", import.meta.url)),
  mirrors: [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
  ],
  patience: 8000,
};
