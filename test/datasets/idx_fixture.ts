/** IDX files for tests: encoded, and written into temporary folders. @module */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { encodeIdx } from "./encode_idx.ts";

/** Size of a small data set. */
export interface SmallSet {
  readonly train?: number;
  readonly test?: number;
  readonly height?: number;
  readonly width?: number;
}

/** The four files of a small data set, by MNIST's names. */
export function smallSet(
  { train = 6, test = 3, height = 4, width = 5 }: SmallSet = {},
) {
  return {
    "train-images-idx3-ubyte": encodeIdx(
      [train, height, width],
      bytes(train * height * width, 7),
    ),
    "train-labels-idx1-ubyte": encodeIdx([train], bytes(train, 1)),
    "t10k-images-idx3-ubyte": encodeIdx(
      [test, height, width],
      bytes(test * height * width, 11),
    ),
    "t10k-labels-idx1-ubyte": encodeIdx([test], bytes(test, 1)),
  };
}

/** `0, factor, 2 factor ...`, each modulo 256. */
export function bytes(length: number, factor: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i * factor);
}

/** A folder that goes when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "idx-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files into `folder`, made if need be; names that end in `.gz` are gzipped. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    await writeFile(
      join(folder, name),
      name.endsWith(".gz") ? gzipSync(content) : content,
    );
  }
  return folder;
}

/** The same files under other names. */
export function rename(
  files: Readonly<Record<string, Uint8Array>>,
  name: (old: string) => string,
): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(files).map(([old, content]) => [name(old), content]),
  );
}
