/**
 * What is known about MNIST: its four files, their digests and where the
 * public finds them.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

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

/** Where MNIST is kept and fetched from. */
export interface MnistPlaces {
  /** Folder that downloads go to, and that is searched last. */
  readonly projectFolder: string;
  /** Addresses of folders, each ending in a slash. */
  readonly mirrors: readonly string[];
  /** Milliseconds a mirror has for its first byte, and for each further piece. */
  readonly patience: number;
}

/** The project's `datasets/mnist/`, and the mirrors that PyTorch and the CVDF keep. */
export const mnistPlaces: MnistPlaces = {
  projectFolder: fileURLToPath(new URL("./mnist", import.meta.url)),
  mirrors: [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
  ],
  patience: 8000,
};
