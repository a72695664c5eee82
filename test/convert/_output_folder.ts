/** A folder to convert to, for each test another one. @module */

import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { openOutput } from "../../core/convert/output_folder.ts";
import type { Written } from "../../core/convert/written.ts";

/** Where it is, and the folder that will be made on the way to it. */
export const place = { parent: "", folder: "" };

/** Has each test of the file find nothing there, and leave nothing behind. */
export function useOutputFolder(): void {
  beforeEach(async () => {
    place.parent = await mkdtemp(join(tmpdir(), "output-"));
    place.folder = join(place.parent, "deep", "out");
  });
  afterEach(() => rm(place.parent, { recursive: true, force: true }));
}

/** Texts of files, by their paths. */
export type Texts = Readonly<Record<string, string>>;

/** Converts trial "a": the format of a file is its extension, its content a text. */
export async function convert(
  texts: Texts,
  { training = "t1" } = {},
): Promise<Written> {
  const output = await openOutput(place.folder);
  try {
    for (const [path, text] of Object.entries(texts)) {
      const format = path.split(".").at(-1)!;
      const origin = { format, trial: "a", training, weights: null };
      await output.add(path, text, origin);
    }
    return await output.settle();
  } finally {
    await output.discard();
  }
}

/** All that is in the folder, but for the list. */
export async function found(): Promise<Texts> {
  const entries = await readdir(place.folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  const texts = entries.filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => file !== join(place.folder, "converted.json"))
    .map(async (file) =>
      [
        file.slice(place.folder.length + 1),
        await readFile(file, "utf8"),
      ] as const
    );
  return Object.fromEntries(await Promise.all(texts));
}

/** Writes a file there. */
export async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(place.folder, path)), { recursive: true });
  await writeFile(join(place.folder, path), text);
}
