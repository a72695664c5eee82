/**
 * Writes a run with everything it refers to into one file.
 *
 * @module
 */

import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { randomUUID } from "node:crypto";
import { UserError } from "../../lib/errors.ts";
import { describeFile, readAll, sha256, sync } from "../../lib/files.ts";
import { listTree } from "../../lib/tree.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import type { FileRecord } from "../../lib/file_record.ts";
import type { ArtifactStore } from "../../store/store.ts";
import { isMade } from "../../pipeline/status.ts";
import { checkRecord, describeMismatch } from "../check_record.ts";
import type { FoundRun } from "../find_runs.ts";
import {
  ARCHIVE_FORMAT,
  ARCHIVE_INDEX,
  ARCHIVE_VERSION,
  type ArchiveIndex,
  checkPaths,
} from "./format.ts";

/** Options of {@link exportRun}. */
export interface ExportOptions {
  /** Absolute path of the archive; replaced if it is there. */
  readonly file: string;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What {@link exportRun} wrote. */
export interface Exported {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly artifacts: number;
}

/** A file that goes into the archive. */
interface Entry {
  readonly path: string;
  readonly record: FileRecord;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** PNG is compressed already. */
const COMPRESSED = /\.png$/;

/**
 * Exports a run; the archive appears when it is complete.
 *
 * @throws {UserError} where an artifact is no longer in the store, damaged, or
 * not the recorded one, or where a file of somebody's in the run's folder has a
 * name that not every file system can have beside the others.
 */
export async function exportRun(
  run: FoundRun,
  store: ArtifactStore,
  options: ExportOptions,
): Promise<Exported> {
  const artifacts = await artifactEntries(run, store);
  const [mismatch] = await checkRecord(run.record, store);
  if (mismatch !== undefined) {
    throw new UserError(
      `Cannot export "${run.id}": of ${describeMismatch(mismatch)}`,
      { hint: "Run its config again with --force: that rebuilds both" },
    );
  }
  const entries = [...await runEntries(run), ...artifacts.entries]
    .sort((a, b) => a.path < b.path ? -1 : 1);
  checkPaths(
    entries.map(({ path }) => path),
    `Cannot export "${run.id}"`,
    `Rename it, or put it elsewhere: run/ is ${run.directory}`,
  );
  const index: ArchiveIndex = {
    format: ARCHIVE_FORMAT,
    version: ARCHIVE_VERSION,
    run: run.id,
    files: Object.fromEntries(
      entries.map(({ path, record }) => [path, record]),
    ),
  };
  await makeFolder(dirname(options.file));
  const draft = `${options.file}.${randomUUID()}`;
  try {
    await write(draft, { ...options, index, entries });
    await sync(draft);
    const written = await describeFile(draft);
    await rename(draft, options.file);
    return {
      file: options.file,
      bytes: written.size,
      sha256: written.sha256,
      artifacts: artifacts.count,
    };
  } finally {
    await rm(draft, { force: true });
  }
}

async function runEntries({ directory }: FoundRun): Promise<readonly Entry[]> {
  const { files } = await listTree(directory);
  return await Promise.all(files.map(async (path) => ({
    path: `run/${path}`,
    record: await describeFile(join(directory, path)),
    open: () => createReadStream(join(directory, path)),
  })));
}

/** Files of the artifacts, read once to know that they are whole. */
async function artifactEntries({ id, record }: FoundRun, store: ArtifactStore) {
  const { admin } = store;
  const entries: Entry[] = [];
  let count = 0;
  for (const { name: stage, key, title } of record.stages.filter(isMade)) {
    const address = { stage, key };
    const found = await admin.look(address);
    const problem = found === null
      ? "it is no longer in the store"
      : (await admin.verify(address))[0];
    if (problem !== undefined) {
      throw new UserError(
        `Cannot export "${id}": of ${title}, ${problem}`,
        { hint: "Run its config again: what is missing is rebuilt" },
      );
    }
    count++;
    const folder = `store/${stage}/${key}`;
    const { files } = found!.manifest!;
    const manifest = await readAll(admin.readFile(address, "manifest.json"));
    entries.push({
      path: `${folder}/manifest.json`,
      record: { size: manifest.length, sha256: sha256(manifest) },
      open: () => Readable.from([manifest]),
    });
    for (const [path, record] of Object.entries(files)) {
      entries.push({
        path: `${folder}/${path}`,
        record,
        open: () => admin.readFile(address, path),
      });
    }
  }
  return { entries, count };
}

async function write(
  file: string,
  { index, entries, onProgress, signal }: ExportOptions & {
    readonly index: ArchiveIndex;
    readonly entries: readonly Entry[];
  },
): Promise<void> {
  const { ZipFile } = await import("yazl");
  const zip = new ZipFile();
  const total = entries.reduce((sum, { record }) => sum + record.size, 0);
  let done = 0;
  const settings = (path: string) => ({
    // ZIP has local time: the same digits everywhere, and in every zone a date
    // that ZIP has, for it begins with 1980.
    mtime: new Date(1980, 1, 1),
    forceDosTimestamp: true,
    mode: 0o100644,
    compress: !COMPRESSED.test(path),
  });
  const text = Buffer.from(`${JSON.stringify(index, null, 1)}\n`);
  zip.addBuffer(text, ARCHIVE_INDEX, settings(ARCHIVE_INDEX));
  for (const { path, record, open } of entries) {
    zip.addReadStreamLazy(
      path,
      { ...settings(path), size: record.size },
      (give) => {
        onProgress?.(done, total);
        done += record.size;
        give(null, Readable.from(open()));
      },
    );
  }
  zip.end();
  const failed = new Promise<never>((_, reject) => zip.on("error", reject));
  await Promise.race([
    pipeline(
      zip.outputStream,
      createWriteStream(file),
      ...(signal === undefined ? [] : [{ signal }]),
    ),
    failed,
  ]);
}
