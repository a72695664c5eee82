/**
 * A run as one file: a ZIP archive of
 *
 * ```text
 * archive.json              this format; size and sha256 of all that follows
 * run/...                   the run's folder of outputs/runs/, record.json in it
 * store/<stage>/<key>/...   every artifact that its record names
 * ```
 *
 * Entries stand in the order of their names, with one time and one mode, so
 * the same run is the same archive, byte for byte, wherever zlib is the same.
 *
 * @module
 */

import * as v from "valibot";
import { commandLine } from "../../lib/command_line.ts";
import { UserError } from "../../lib/errors.ts";
import type { FileRecord } from "../../lib/file_record.ts";
import type { ArtifactAddress } from "../../store/store.ts";
import { refuseConflicts } from "./conflicts.ts";

/** Raised when a reader of the former version would misread an archive. */
export const ARCHIVE_VERSION = 1;
/** What marks a ZIP file as an archive of a run. */
export const ARCHIVE_FORMAT = "vae-priors-archive";
/** Name of the first entry. */
export const ARCHIVE_INDEX = "archive.json";
/** The index is read before anything of it is checked: no more than this. */
export const MAX_INDEX_BYTES = 64e6;

const NOT_EXPORTED = 'It is damaged, or was not made with the command "export"';

const indexSchema = v.object({
  format: v.literal(ARCHIVE_FORMAT),
  version: v.literal(ARCHIVE_VERSION),
  run: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)),
  files: v.record(
    v.string(),
    v.object({
      size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
});

/** `archive.json`. */
export type ArchiveIndex = v.InferOutput<typeof indexSchema>;

/** Where a file of an archive belongs. */
export type ArchivePlace =
  | { readonly kind: "run"; readonly path: string }
  | {
    readonly kind: "artifact";
    readonly address: ArtifactAddress;
    readonly path: string;
  };

/**
 * Reads an index.
 *
 * @throws {UserError} where it is none of this version.
 */
export function parseIndex(text: string, action: string): ArchiveIndex {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${action}: its ${ARCHIVE_INDEX} is not JSON`, {
      cause,
    });
  }
  const { format, version } = Object(value) as Partial<ArchiveIndex>;
  if (format === ARCHIVE_FORMAT && version !== ARCHIVE_VERSION) {
    throw new UserError(
      `${action}: found version ${version} of the format, want ${ARCHIVE_VERSION}`,
      { hint: "It was written by another version of vae-priors" },
    );
  }
  const result = v.safeParse(indexSchema, value);
  if (!result.success) {
    throw new UserError(`${action}: it is not an archive of a run`, {
      hint: `Archives are made with ${commandLine("export latest")}`,
    });
  }
  const paths = Object.keys(result.output.files);
  checkPaths(paths, action);
  return result.output;
}

/**
 * Whether all paths have a place each, in every file system.
 *
 * @throws {UserError} beginning with `action`, where one has none.
 */
export function checkPaths(
  paths: readonly string[],
  action: string,
  hint = NOT_EXPORTED,
): void {
  for (const path of paths) placeOf(path, action, hint);
  refuseConflicts(paths, action, hint);
}

/**
 * Where the entry `path` belongs.
 *
 * @throws {UserError} where that is nowhere: a path that leads out of its place
 * is not followed.
 */
export function placeOf(
  path: string,
  action: string,
  hint = NOT_EXPORTED,
): ArchivePlace {
  const [root, ...rest] = path.split("/");
  const plain = rest.length > 0 && path.length < 1000 &&
    rest.every((part) => NAME.test(part) && !/^\.+$/.test(part));
  if (plain && root === "run") return { kind: "run", path: rest.join("/") };
  if (plain && root === "store" && rest.length > 2) {
    const [stage = "", key = "", ...file] = rest;
    if (!stage.startsWith(".") && /^[0-9a-f]{64}$/.test(key)) {
      return {
        kind: "artifact",
        address: { stage, key },
        path: file.join("/"),
      };
    }
  }
  throw new UserError(
    `${action}: its entry ${JSON.stringify(path)} belongs nowhere`,
    { hint },
  );
}

/** Names without separators, drives and control characters. */
const NAME =
  // deno-lint-ignore no-control-regex
  /^[^\\/:*?"<>|\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+$/;

/** Whether a file is what the index says. */
export function isAsListed(found: FileRecord, listed: FileRecord): boolean {
  return found.size === listed.size && found.sha256 === listed.sha256;
}
