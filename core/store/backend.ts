/**
 * What a place gives so that a store in it can be looked after: a folder
 * ([folder_backend.ts](folder/folder_backend.ts)), or the objects of a service
 * ([objects_backend.ts](remote/objects_backend.ts)). What is made of that is in
 * [common/](common/store_admin.ts), once for all. How an artifact becomes
 * visible, and how a lock is held, is each place's own.
 *
 * @module
 */

import type { Orphan, OrphanKind } from "./admin.ts";
import type { ArtifactAddress, ArtifactManifest } from "./artifact.ts";
import type { FileRecord } from "../lib/file_record.ts";
import type { FolderDraft } from "./folder/draft.ts";
import type { FolderPaths } from "./folder/paths.ts";
import type { Explained } from "../lib/refusal.ts";
import type { LockAttempt } from "../lib/wait_for_lock.ts";

/** A place for a store. */
export interface StoreBackend {
  /** Does something in the place; what that refuses is explained. */
  readonly explained: Explained;
  /** The folder of this machine in which drafts and attempts lie. */
  readonly paths: FolderPaths;

  /** Takes a lock, if it is free. */
  tryLock(name: string): Promise<LockAttempt>;
  /** How often a lock that is held is asked for, in milliseconds. */
  readonly pollMs: number;
  /** Names of the locks whose holders may live; takes none, and disturbs nobody. */
  heldLocks(): Promise<ReadonlySet<string>>;

  /** Every artifact, by stage and key, or the one at `only`; moves nothing. */
  artifacts(only?: ArtifactAddress): Promise<readonly FoundArtifact[]>;
  /** sha256 of what a file of an artifact holds now; null where it is lost. */
  digestOf(
    address: ArtifactAddress,
    path: string,
    record: FileRecord,
  ): Promise<string | null>;
  /** Reads a file of an artifact as it is. */
  readFile(address: ArtifactAddress, path: string): AsyncIterable<Uint8Array>;
  /** Takes an artifact away, at once or not at all. */
  removeArtifact(address: ArtifactAddress): Promise<void>;

  /** Puts a complete draft in its place, or in place of what is there. */
  publish(draft: FolderDraft, manifest: ArtifactManifest): Promise<void>;

  /** Where orphans may lie. */
  readonly rooms: readonly Room[];
  /** What lies in a room, but for what its {@link Room.kind} leaves out. */
  entries(room: Room): Promise<readonly Entry[]>;
  /** Takes an orphan away, unless it is none any more. */
  removeOrphan(orphan: Orphan): Promise<void>;
  /** Frees the space of what was taken away. */
  emptyTrash(): Promise<void>;

  /** Where references are kept. */
  readonly references: SmallFiles;
}

/** An artifact, as far as its manifest and the sizes of its files show it. */
export interface FoundArtifact {
  readonly address: ArtifactAddress;
  /** Or what is wrong. */
  readonly manifest: ArtifactManifest | string;
  readonly bytes: number;
  /** When it was committed, in milliseconds since 1970. */
  readonly modified: number;
  /** Paths within it of files that are none of its own; none where it is damaged. */
  readonly strangers: readonly string[];
}

/** A part of the place. */
export interface Room {
  /** Its path in the store, with `/`; empty: all of it. */
  readonly path: string;
  /** How far below that its entries lie; default 1. */
  readonly levels?: 2;
  /** What an entry is, by its path in the store; null: none of the orphans. */
  readonly kind: OrphanKind | ((path: string) => OrphanKind | null);
  /** Whether a live process may need an entry, by the names of held locks; default never. */
  isBusy?(entry: Entry, locks: ReadonlySet<string>): boolean | Promise<boolean>;
}

/** Something in a {@link Room}: a file, or a folder with all that is in it. */
export interface Entry {
  readonly kind: OrphanKind;
  /** Its path in the store, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly modified: number;
  /** When anything of it last changed, likewise, where that is not the same. */
  readonly changed?: number;
}

/** Small texts by their names, each there whole or not at all. */
export interface SmallFiles {
  /** For a person: where one is, or all are. */
  place(name?: string): string;
  /** Names, and when each was written, in milliseconds since 1970. */
  list(): Promise<
    readonly { readonly name: string; readonly modified: number }[]
  >;
  has(name: string): Promise<boolean>;
  /** Null where there is none. */
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
  /** Has it be as if written just now, where it is there. */
  touch(name: string): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
}
