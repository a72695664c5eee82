/**
 * Takes a run out of an archive into the outputs and the store here.
 *
 * All of it is unpacked aside and compared with its digests; only then does it
 * appear, artifact by artifact and the run last.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { ownFiles } from "../../report/manifest.ts";
import { REPORT_FILES } from "../../report/paths.ts";
import { replaceFolder } from "../../lib/replace_folder.ts";
import { explainRefusal } from "../../lib/refusal.ts";
import { self } from "../../lib/owner.ts";
import { diskOf } from "../../store/record_place.ts";
import { referenceId } from "../../store/common/references.ts";
import type { ArtifactAddress, ArtifactStore } from "../../store/store.ts";
import { openArchive } from "./open_archive.ts";
import { refuseBomb } from "./bounds.ts";
import { checkArtifacts } from "./check_artifacts.ts";
import { readRecordOf } from "./record_of.ts";
import { missingFolders, removeEmpty, takeBack } from "./undo_import.ts";
import { Unpacking } from "./unpacking.ts";

/** Options of {@link importRun}. */
export interface ImportOptions {
  /** Folder of outputs that the run is put into. */
  readonly outputs: string;
  /** Bytes to unpack in any case; default what fits the size of the archive. */
  readonly maxSize?: number | undefined;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What {@link importRun} did. */
export interface Imported {
  readonly run: string;
  /** Folder of the run. */
  readonly directory: string;
  /** Artifacts taken in. */
  readonly taken: number;
  /** Artifacts that the store had already. */
  readonly known: number;
  /** Those of them that have other bytes than the archive's; they stay. */
  readonly different: readonly ArtifactAddress[];
  /** Whether a run of that name was here already; it stays. */
  readonly wasHere: boolean;
  /** Files that are code, by their path here; none of a run that stays. */
  readonly code: readonly string[];
}

/**
 * Imports an archive; to do it again changes nothing.
 *
 * @throws {UserError} where it is no archive, or not what it says it is;
 * nothing of it is here then.
 */
export async function importRun(
  file: string,
  store: ArtifactStore,
  options: ImportOptions,
): Promise<Imported> {
  const action = `Cannot import "${file}"`;
  await using archive = await openArchive(file, action);
  refuseBomb(archive.index, { ...archive, maxSize: options.maxSize, action });
  const record = await readRecordOf(archive, action);
  await checkArtifacts(archive, record, action);
  const { run } = record;
  const directory = join(options.outputs, "runs", run);
  const recordFile = join(directory, REPORT_FILES.record);
  const reference = {
    run,
    record: recordFile,
    host: hostname(),
    disk: diskOf(recordFile),
    artifacts: record.stages.map(({ name, key }) => ({ stage: name, key })),
  };
  const { references } = store.admin;
  const wasHere = existsSync(recordFile);
  const wasKnown = await references.has(reference);
  const missing = missingFolders([dirname(directory), store.location]);
  const unpacking = new Unpacking({
    ...options,
    archive,
    record,
    store,
    action,
  });
  try {
    await references.put({ ...reference, owner: self() });
    if (wasHere) await unpacking.unpack(null);
    else {
      await replaceFolder(directory, (draft) => unpacking.unpack(draft), {
        keeps: await ownFiles(directory),
      });
    }
  } catch (error) {
    await unpacking.discard().catch(() => {});
    // What failed is to be told, not that some of it could not be removed.
    await takeBack(unpacking.settled, reference, store).catch(() => {});
    await (wasKnown
      ? references.put({ ...reference, owner: null })
      : references.remove([referenceId(reference)])).catch(() => {});
    for (const folder of missing) await removeEmpty(folder);
    throw explainRefusal(error, { what: action, folder: dirname(directory) });
  }
  await unpacking.discard();
  await references.put({ ...reference, owner: null });
  const { settled, known, different } = unpacking;
  const code = unpacking.code(directory);
  return {
    run,
    directory,
    taken: settled.length,
    known,
    different,
    wasHere,
    code,
  };
}
