/**
 * What the sources of stored artifacts consisted of: kept beside the store
 * under their digests, so that a later change can be shown file by file.
 *
 * Nothing depends on it but explanations. It is written when a stage runs, and
 * read when one has become stale.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync, gzip } from "node:zlib";
import { makeFolder } from "../../lib/make_folder.ts";
import type { SourceText } from "./digest.ts";

/** Sources by digest. */
export interface SourceHistory {
  /**
   * Keeps a source under its digest. One that is there is replaced where a file
   * was touched since: then only comments have changed.
   */
  keep(source: SourceText): Promise<void>;
  /** What was kept, or null where that is not to be had. */
  recall(digest: string): SourceText | null;
}

/** The history in a folder, which is made when something is kept. */
export function sourceHistory(folder: string): SourceHistory {
  const fileOf = (digest: string) => join(folder, `${digest}.json.gz`);
  return {
    keep: async (source) => {
      const file = fileOf(source.digest);
      const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (time >= source.touched) return;
      const draft = `${file}.${randomUUID()}`;
      try {
        await makeFolder(folder);
        await writeFile(draft, await promisify(gzip)(JSON.stringify(source)));
        const touched = Math.ceil(source.touched / 1000);
        await utimes(draft, touched, touched);
        await rename(draft, file);
      } catch {
        // A word less in an explanation is no reason to stop.
        await rm(draft, { force: true }).catch(() => {});
      }
    },
    recall: (digest) => {
      try {
        const text = gunzipSync(readFileSync(fileOf(digest))).toString();
        const source = JSON.parse(text) as SourceText;
        return source.digest === digest ? source : null;
      } catch {
        // Not there, or damaged: zlib has a checksum.
        return null;
      }
    },
  };
}
