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
import { join } from "node:path";
import { messageOf, UserError } from "../../errors.ts";
import { ownFiles } from "../../report/manifest.ts";
import { REPORT_FILES } from "../../report/paths.ts";
import { replaceFolder } from "../../report/replace_folder.ts";
import type { Arrival } from "../../store/care.ts";
import { writeStream } from "../../store/files.ts";
import { self } from "../../store/owner.ts";
import type {
  ArtifactAddress,
  ArtifactStore,
  FileRecord,
} from "../../store/store.ts";
import type { RunRecord } from "../record.ts";
import { type ArchivePlace, isAsListed, placeOf } from "./format.ts";
import { type Archive, openArchive } from "./open_archive.ts";
import { readRecordOf } from "./record_of.ts";

/** Options of {@link importRun}. */
export interface ImportOptions {
  /** Folder of outputs that the run is put into. */
  readonly outputs: string;
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
}

/**
 * Imports an archive; to do it again changes nothing.
 *
 * @throws {UserError} where it is no archive, or not what it says it is;
 * nothing has been taken in then.
 */
export async function importRun(
  file: string,
  store: ArtifactStore,
  options: ImportOptions,
): Promise<Imported> {
  const action = `Cannot import "${file}"`;
  await using archive = await openArchive(file, action);
  const record = await readRecordOf(archive, action);
  const { run } = record;
  const directory = join(options.outputs, "runs", run);
  const recordFile = join(directory, REPORT_FILES.record);
  const reference = {
    run,
    record: recordFile,
    host: hostname(),
    artifacts: record.stages.map(({ name, key }) => ({ stage: name, key })),
  };
  await store.care.references.put({ ...reference, owner: self() });
  const wasHere = existsSync(recordFile);
  const unpacking = new Unpacking({ archive, record, store, action, options });
  try {
    if (wasHere) await unpacking.unpack(null);
    else {
      await replaceFolder(directory, (draft) => unpacking.unpack(draft), {
        keeps: await ownFiles(directory),
      });
    }
    const { taken, known, different } = unpacking;
    return { run, directory, taken, known, different, wasHere };
  } finally {
    await unpacking.discard();
    await store.care.references.put({ ...reference, owner: null });
  }
}

interface UnpackingOptions {
  readonly archive: Archive;
  readonly record: RunRecord;
  readonly store: ArtifactStore;
  readonly action: string;
  readonly options: ImportOptions;
}

/** The unpacking of one archive. */
class Unpacking {
  taken = 0;
  known = 0;
  readonly different: ArtifactAddress[] = [];
  readonly #arrivals = new Map<string, Arrival>();
  readonly #of: UnpackingOptions;

  constructor(of: UnpackingOptions) {
    this.#of = of;
  }

  /** Unpacks the run into `folder`, unless null, and then settles its artifacts. */
  async unpack(folder: string | null): Promise<void> {
    const { archive, action, options } = this.#of;
    const { files } = archive.index;
    await this.#receiveArtifacts();
    const total = Object.values(files).reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    for (const [path, listed] of Object.entries(files)) {
      options.signal?.throwIfAborted();
      options.onProgress?.(done, total);
      done += listed.size;
      const place = placeOf(path, action);
      const found = await this.#write(path, place, folder);
      if (found === null || isAsListed(found, listed)) continue;
      throw new UserError(`${action}: its entry "${path}" is damaged`, {
        hint: "Export it again",
      });
    }
    for (const arrival of this.#arrivals.values()) await this.#check(arrival);
    for (const arrival of this.#arrivals.values()) await arrival.settle();
    this.taken = this.#arrivals.size;
  }

  /** Removes what has not become visible. */
  async discard(): Promise<void> {
    for (const arrival of this.#arrivals.values()) await arrival.discard();
  }

  /** A draft for each artifact that the store does not have. */
  async #receiveArtifacts(): Promise<void> {
    const { archive, record, store } = this.#of;
    const { files } = archive.index;
    for (const { name: stage, key, title, status } of record.stages) {
      if (status !== "done" && status !== "cached") continue;
      const address = { stage, key };
      const folder = `store/${stage}/${key}/`;
      const manifest = files[`${folder}manifest.json`];
      if (manifest === undefined) {
        throw new UserError(`${this.#of.action}: it lacks ${title}`, {
          hint: "Export it again",
        });
      }
      const here = (await store.care.look(address))?.manifest ?? null;
      if (here === null) {
        this.#arrivals.set(key, await store.care.receive(address));
        continue;
      }
      this.known++;
      const same = Object.entries(here.files).every(([path, found]) => {
        const listed = files[folder + path];
        return listed !== undefined && isAsListed(found, listed);
      });
      if (!same) this.different.push(address);
    }
  }

  async #write(
    path: string,
    place: ArchivePlace,
    folder: string | null,
  ): Promise<FileRecord | null> {
    const { archive, record, action } = this.#of;
    if (place.kind === "run") {
      return folder === null
        ? null
        : await writeStream(join(folder, place.path), archive.read(path));
    }
    const { stage, key } = place.address;
    const isOfRun = record.stages.some((one) =>
      one.name === stage && one.key === key
    );
    if (!isOfRun) {
      throw new UserError(
        `${action}: its entry "${path}" is of no stage of the run`,
        { hint: 'It was not made with the command "export"' },
      );
    }
    const arrival = this.#arrivals.get(key);
    return arrival === undefined
      ? null
      : await arrival.write(place.path, archive.read(path));
  }

  async #check(arrival: Arrival): Promise<void> {
    try {
      await arrival.check();
    } catch (cause) {
      const { stage, key } = arrival.address;
      throw new UserError(
        `${this.#of.action}: of ${stage} ${key.slice(0, 8)}, ${
          messageOf(cause)
        }`,
        { hint: "Export it again", cause },
      );
    }
  }
}
