/**
 * What is in an archive, unpacked aside, compared with its digests, and then
 * put in its place.
 *
 * @module
 */

import { join } from "node:path";
import { messageOf, UserError } from "../../lib/errors.ts";
import type { ArtifactImport } from "../../store/admin.ts";
import { writeStream } from "../../lib/files.ts";
import type { FileRecord } from "../../lib/file_record.ts";
import type { ArtifactAddress, ArtifactStore } from "../../store/store.ts";
import { isMade } from "../../pipeline/status.ts";
import type { RunRecord } from "../record.ts";
import { codeAmong } from "./code_files.ts";
import { type ArchivePlace, isAsListed, placeOf } from "./format.ts";
import type { Archive } from "./open_archive.ts";

/** What {@link Unpacking} is given. */
export interface UnpackingOptions {
  readonly archive: Archive;
  readonly record: RunRecord;
  readonly store: ArtifactStore;
  readonly action: string;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The unpacking of one archive. */
export class Unpacking {
  /** Artifacts that are visible now, and were not there before. */
  readonly settled: ArtifactAddress[] = [];
  known = 0;
  readonly different: ArtifactAddress[] = [];
  readonly #written: string[] = [];
  readonly #imports = new Map<string, ArtifactImport>();
  readonly #of: UnpackingOptions;

  constructor(of: UnpackingOptions) {
    this.#of = of;
  }

  /** Unpacks the run into `folder`, unless null, and then settles its artifacts. */
  async unpack(folder: string | null): Promise<void> {
    const { archive, action, signal, onProgress } = this.#of;
    const { files } = archive.index;
    await this.#receiveArtifacts();
    const total = Object.values(files).reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    for (const [path, listed] of Object.entries(files)) {
      signal?.throwIfAborted();
      onProgress?.(done, total);
      done += listed.size;
      const place = placeOf(path, action);
      const found = await this.#write(path, place, folder);
      if (found !== null) this.#written.push(path);
      if (found === null || isAsListed(found, listed)) continue;
      throw new UserError(`${action}: its entry "${path}" is damaged`, {
        hint: "Export it again",
      });
    }
    for (const incoming of this.#imports.values()) await this.#check(incoming);
    for (const incoming of this.#imports.values()) {
      await incoming.settle();
      this.settled.push(incoming.address);
    }
  }

  /** Code that was taken in; that of the run is in `directory` now. */
  code(directory: string): readonly string[] {
    const { store, action } = this.#of;
    return codeAmong(this.#written).map((path) => {
      const place = placeOf(path, action);
      return place.kind === "run"
        ? join(directory, place.path)
        : `${store.place(place.address)}/${place.path}`;
    });
  }

  /** Removes what has not become visible. */
  async discard(): Promise<void> {
    for (const incoming of this.#imports.values()) await incoming.discard();
  }

  /** A draft for each artifact that the store does not have. */
  async #receiveArtifacts(): Promise<void> {
    const { archive, record, store } = this.#of;
    const { files } = archive.index;
    for (const { name: stage, key } of record.stages.filter(isMade)) {
      const address = { stage, key };
      const folder = `store/${stage}/${key}/`;
      const here = (await store.admin.look(address))?.manifest ?? null;
      if (here === null) {
        this.#imports.set(key, await store.admin.startImport(address));
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
    const { archive } = this.#of;
    if (place.kind === "run") {
      return folder === null
        ? null
        : await writeStream(join(folder, place.path), archive.read(path));
    }
    const incoming = this.#imports.get(place.address.key);
    return incoming === undefined
      ? null
      : await incoming.write(place.path, archive.read(path));
  }

  async #check(incoming: ArtifactImport): Promise<void> {
    try {
      await incoming.check();
    } catch (cause) {
      const { stage, key } = incoming.address;
      throw new UserError(
        `${this.#of.action}: of ${stage} ${key.slice(0, 8)}, ${
          messageOf(cause)
        }`,
        { hint: "Export it again", cause },
      );
    }
  }
}
