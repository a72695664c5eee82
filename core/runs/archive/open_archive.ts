/**
 * An archive, opened: its index read, and its entries compared with that.
 *
 * @module
 */

import { existsSync, statSync } from "node:fs";
import type { Entry } from "yauzl";
import { plural } from "../../lib/count.ts";
import { commandLine } from "../../lib/command_line.ts";
import { messageOf, UserError } from "../../lib/errors.ts";
import { readAll } from "../../lib/files.ts";
import {
  ARCHIVE_INDEX,
  type ArchiveIndex,
  MAX_INDEX_BYTES,
  parseIndex,
} from "./format.ts";

/** An archive that has an entry for each line of its index, and no other. */
export interface Archive extends AsyncDisposable {
  readonly index: ArchiveIndex;
  /** Its own size. */
  readonly bytes: number;
  /** Reads an entry; its digest is for the caller to compare. */
  read(path: string): AsyncIterable<Uint8Array>;
}

/**
 * Opens an archive.
 *
 * @throws {UserError} beginning with `action`, where the file is no archive of
 * a run or not whole.
 */
export async function openArchive(
  file: string,
  action: string,
): Promise<Archive> {
  if (!existsSync(file)) throw new UserError(`${action}: no such file`);
  if (statSync(file).isDirectory()) {
    throw new UserError(`${action}: it is a folder, want an archive`, {
      hint: `Name the file that ${commandLine("export")} has made`,
    });
  }
  const yauzl = await import("yauzl");
  const zip = await explain(
    action,
    () => yauzl.openPromise(file, { lazyEntries: true, autoClose: false }),
  );
  try {
    const entries = await explain(action, async () => {
      const found = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        if (found.has(entry.fileName)) {
          throw new Error(`it has two entries "${entry.fileName}"`);
        }
        found.set(entry.fileName, entry);
      }
      return found;
    });
    const open = async function* (path: string) {
      try {
        yield* await zip.openReadStreamPromise(entries.get(path)!);
      } catch (cause) {
        throw broken(action, cause);
      }
    };
    const first = entries.get(ARCHIVE_INDEX);
    if (first === undefined || first.uncompressedSize > MAX_INDEX_BYTES) {
      throw new UserError(`${action}: it is not an archive of a run`, {
        hint: `Archives are made with ${commandLine("export latest")}`,
      });
    }
    const bytes = await readAll(open(ARCHIVE_INDEX), MAX_INDEX_BYTES);
    const index = parseIndex(bytes.toString("utf8"), action);
    compare(index, entries, action);
    return {
      index,
      bytes: statSync(file).size,
      read: open,
      [Symbol.asyncDispose]: () => Promise.resolve(zip.close()),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

interface Sized {
  readonly uncompressedSize: number;
}

function compare(
  { files }: ArchiveIndex,
  entries: ReadonlyMap<string, Sized>,
  action: string,
): void {
  for (const [path, { size }] of Object.entries(files)) {
    const entry = entries.get(path);
    const problem = entry === undefined
      ? "is missing"
      : entry.uncompressedSize !== size
      ? `has ${plural(entry.uncompressedSize, "byte")}, want ${size}`
      : undefined;
    if (problem !== undefined) {
      throw new UserError(`${action}: its entry "${path}" ${problem}`, {
        hint: "Export it again",
      });
    }
  }
  const extra = [...entries.keys()].find((path) =>
    path !== ARCHIVE_INDEX && !Object.hasOwn(files, path)
  );
  if (extra === undefined) return;
  throw new UserError(
    `${action}: its entry ${JSON.stringify(extra)} is not in its index`,
    { hint: 'It was changed after the command "export" had made it' },
  );
}

async function explain<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw broken(action, cause);
  }
}

function broken(action: string, cause: unknown): UserError {
  return new UserError(`${action}: ${messageOf(cause)}`, {
    hint: 'It is damaged, or was not made with the command "export"',
    cause,
  });
}
