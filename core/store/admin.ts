/**
 * What looking after a store needs, beside what runs need of it: to see all
 * that is there, check it, take something away, take something in, and know
 * what is in use.
 *
 * @module
 */

import type { ArtifactAddress, ArtifactManifest } from "./artifact.ts";
import type { FileRecord } from "../lib/file_record.ts";
import type { LockOwner, ProcessMark } from "../lib/owner.ts";
import type { Disk } from "./record_place.ts";

/** An artifact as a look at its folder shows it. */
export interface KeptArtifact {
  readonly address: ArtifactAddress;
  /** What it takes, in bytes. */
  readonly bytes: number;
  /** When it was committed, in milliseconds since 1970. */
  readonly modified: number;
  /** Null where it is damaged. */
  readonly manifest: ArtifactManifest | null;
  /** What is wrong, as far as sizes show it. */
  readonly problem: string | null;
  /** Some live process holds its lock. */
  readonly locked: boolean;
}

/** What a look at the attempts at an artifact shows. */
interface KeptAttempt {
  /** Absolute folder of what the last one left, or leaves now; null where there is none. */
  readonly directory: string | null;
  /** Some live process is at it. */
  readonly working: boolean;
}

/** What else a store may hold. */
export type OrphanKind =
  /** An artifact that was being made. */
  | "draft"
  /** Checkpoints of a stage that did not end. */
  | "attempt"
  /** A lock that nobody holds. */
  | "lock"
  /** A damaged artifact. */
  | "quarantine"
  /** Remembered digests of files that are gone. */
  | "cache"
  /** A source that was kept for explanations: `.sources/<digest>.json.gz`. */
  | "source"
  /** What an interrupted removal or import left. */
  | "trash"
  /** What this machine keeps of an artifact that the store has no more. */
  | "copy"
  /** The store does not know it, and leaves it alone. */
  | "unknown";

/** Something in a store that is no artifact. */
export interface Orphan {
  readonly kind: OrphanKind;
  /** Its path within the store, with `/`: what {@link StoreAdmin.discard} takes. */
  readonly path: string;
  readonly bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly modified: number;
  /** The artifact that it belongs to, where there is one. */
  readonly address: ArtifactAddress | null;
  /** A live process may need it. */
  readonly busy: boolean;
}

/** What a run needs of the store, so that nothing of it is removed. */
export interface Reference {
  /** The run: `default-1a2b3c4d`. */
  readonly run: string;
  /** Absolute path of the run's record: without it the reference is void. */
  readonly record: string;
  /** The host on which that path is one. */
  readonly host: string;
  /** The file system of that path; earlier versions did not say. */
  readonly disk?: Disk | null;
  readonly artifacts: readonly ArtifactAddress[];
  /** Who is at work on it; null when nobody is. */
  readonly owner: (LockOwner & ProcessMark) | null;
}

/** A reference as it lies in the store. */
export interface StoredReference extends Reference {
  /** Its name in the store. */
  readonly id: string;
  /** When it was last used, in milliseconds since 1970. */
  readonly used: number;
  /**
   * Whether it holds what it names: its owner lives, or its record is there or
   * cannot be looked for from here.
   */
  readonly holds: boolean;
  /** Why the record cannot be looked for, though it is of this host; else null. */
  readonly unseen: string | null;
  /** Its owner lives. */
  readonly working: boolean;
}

/** What is kept as a reference, and cannot be read: nobody knows what it holds. */
export interface UnreadableReference {
  /** For a person: its file, or the folder of all of them. */
  readonly place: string;
  readonly problem: string;
}

/** An artifact that came from elsewhere, in files of its own. */
export interface ArtifactImport {
  readonly address: ArtifactAddress;
  /** Writes a file of it; the path is relative, with `/`. */
  write(path: string, content: AsyncIterable<Uint8Array>): Promise<FileRecord>;
  /**
   * Compares what was written with its manifest.
   *
   * @throws {Error} saying what is wrong.
   */
  check(): Promise<ArtifactManifest>;
  /** Makes it visible, if there is none yet; after {@link ArtifactImport.check}. */
  settle(): Promise<void>;
  discard(): Promise<void>;
}

/** Looks after a store. */
export interface StoreAdmin {
  /** Every artifact, by stage and key; a look at manifests and sizes, which moves nothing. */
  list(): Promise<readonly KeptArtifact[]>;
  /** One artifact, likewise; null where there is none. */
  look(address: ArtifactAddress): Promise<KeptArtifact | null>;
  /** Attempts at an artifact; takes no lock and disturbs nobody. */
  lookAtAttempt(address: ArtifactAddress): Promise<KeptAttempt>;
  /**
   * Reads every byte of an artifact. What is wrong, in a few words each; empty
   * where nothing is. Moves nothing.
   */
  verify(address: ArtifactAddress): Promise<readonly string[]>;
  /** Files in an artifact's folder that are none of its own. */
  strangers(address: ArtifactAddress): Promise<readonly string[]>;
  /** Reads a file of an artifact as it is. */
  readFile(address: ArtifactAddress, path: string): AsyncIterable<Uint8Array>;
  /** Whatever is no artifact. */
  orphans(): Promise<readonly Orphan[]>;
  /** Takes artifacts and orphans away, each at once or not at all; they go with {@link StoreAdmin.emptyTrash}. */
  discard(
    artifacts: readonly ArtifactAddress[],
    orphans: readonly Orphan[],
  ): Promise<void>;
  /** Frees the space of what was discarded. */
  emptyTrash(): Promise<void>;
  /** Takes an artifact in. */
  startImport(address: ArtifactAddress): Promise<ArtifactImport>;
  readonly references: References;
}

/** What is in use. */
export interface References {
  /** Those that can be read; `tell` hears of the others. */
  list(
    tell?: (unreadable: UnreadableReference) => void,
  ): Promise<readonly StoredReference[]>;
  /** Keeps a reference, in place of the same run's of the same record. Waits for {@link References.exclusively}. */
  put(reference: Reference): Promise<void>;
  /** Notes that it was used just now. */
  touch(reference: Pick<Reference, "run" | "record">): Promise<void>;
  /** Whether the same run's of the same record is there. */
  has(reference: Pick<Reference, "run" | "record">): Promise<boolean>;
  remove(ids: readonly string[]): Promise<void>;
  /**
   * Runs `work` while no reference can be added: what is decided from the list
   * stays true.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}
