/**
 * `converted.json`: what `convert` has written into a folder, so that it
 * replaces and removes its own files and nobody else's.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { UserError } from "../lib/errors.ts";
import { ignoring, replaceFile } from "../lib/files.ts";

/** Name of the list. */
const WRITTEN = "converted.json";
const VERSION = 3;

/** What a file was made of, but for the trial. */
const origin = {
  format: v.string(),
  /** Key of the trial's training; null of a file that is of all trials. */
  training: v.nullable(v.string()),
  /** Null where the format has none. */
  weights: v.nullable(v.picklist(["last", "best"])),
};
/** Id of the trial; null of a file that is of all trials. */
const trialId = v.nullable(v.string());
const originSchema = v.object({ ...origin, trial: trialId });
/** Two while the file is being replaced: it is either. */
const sha256 = v.pipe(v.array(v.string()), v.readonly());

/** Nothing that leads out of the folder is ours. */
const pathSchema = v.pipe(
  v.string(),
  v.regex(/^(?!\.)[^/\\]+(?:\/(?!\.)[^/\\]+)*$/),
);
const listSchema = v.variant("version", [
  v.object({
    version: v.literal(VERSION),
    files: v.record(pathSchema, v.object({ ...originSchema.entries, sha256 })),
  }),
  v.object({
    version: v.literal(2),
    files: v.record(
      pathSchema,
      v.pipe(
        // Its word for the trial.
        v.object({ ...origin, run: trialId, sha256 }),
        v.transform(({ run, ...file }) => ({ ...file, trial: run })),
      ),
    ),
  }),
]);

/** An earlier version replaced the folder as a whole, and kept no list of it. */
const formerSchema = v.object({
  plan: v.string(),
  formats: v.array(v.string()),
});

/** What a file was made of. */
export type Origin = v.InferOutput<typeof originSchema>;
/** The files by their paths from the folder, with `/`. */
export type Written = v.InferOutput<typeof listSchema>["files"];

/**
 * What has been written into `directory`: nothing where it has no list.
 *
 * @throws {UserError} where something else has its name.
 */
export async function readWritten(directory: string): Promise<Written> {
  const file = join(directory, WRITTEN);
  const text = await readFile(file, "utf8").catch(ignoring("ENOENT"));
  if (text === undefined) return {};
  const value = parse(text);
  const list = v.safeParse(listSchema, value);
  if (list.success) return list.output.files;
  if (v.is(formerSchema, value)) return {};
  throw new UserError(
    `Cannot convert to "${directory}": its "${WRITTEN}" was not written by convert`,
    { hint: "Move it away, or name another folder with --out" },
  );
}

/** Writes the list of `directory` anew. */
export async function saveWritten(
  directory: string,
  files: Written,
): Promise<void> {
  const sorted = Object.fromEntries(
    Object.entries(files).sort(([a], [b]) => a < b ? -1 : 1),
  );
  const list = { version: VERSION, files: sorted };
  await replaceFile(
    join(directory, WRITTEN),
    `${JSON.stringify(list, null, 2)}\n`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
