/**
 * The store contract: artifacts by stage and key, whole or not at all.
 *
 * @module
 */

import type { FileRecord } from "../lib/files.ts";
import type { LockOwner } from "../lib/owner.ts";
import { UserError } from "../lib/errors.ts";
import type { StoreCare } from "./care.ts";
import { DamagedArtifactError } from "./damaged.ts";
import { folderStore } from "./folder/folder_store.ts";
import { schemeOf } from "./local_folder.ts";
import { s3Store } from "./s3/s3_store.ts";

export type { FileRecord, LockOwner };

export { DamagedArtifactError };

/** Where an artifact lives. */
export interface ArtifactAddress {
  /** Name of the stage that gives it. */
  readonly stage: string;
  /** sha256 of everything it depends on. */
  readonly key: string;
}

/** What is known of an artifact's making; given at commit. */
export interface ArtifactRecord {
  /** The fields whose digest is the key. */
  readonly fields: Readonly<Record<string, string>>;
  /** Time the stage took, in milliseconds. */
  readonly ms: number;
  /** What the stage said to the person. */
  readonly warnings: readonly string[];
  /** The engine that ran it, where one did. */
  readonly engine?: {
    readonly name: string;
    readonly version: string;
    readonly threads: number;
  };
}

/** `manifest.json` of an artifact. */
export interface ArtifactManifest extends ArtifactAddress, ArtifactRecord {
  readonly format: 1;
  /** Names of the artifacts within the value. */
  readonly gives: readonly string[];
  /** Every other file of the folder, by its path with `/`. */
  readonly files: Readonly<Record<string, FileRecord>>;
}

/** An artifact in a list. */
export interface StoredArtifact {
  readonly manifest: ArtifactManifest;
  /** When it was made, in milliseconds since 1970. */
  readonly time: number;
}

/** What a look at the manifest and the files' sizes says. */
export type Inspection =
  | { readonly status: "hit"; readonly manifest: ArtifactManifest }
  | { readonly status: "miss" }
  | {
    /** It was there, was damaged, and lies in quarantine now. */
    readonly status: "damaged";
    readonly problem: string;
  };

/** Artifact name to value, as a stage gives it. */
export type ArtifactValue = Readonly<Record<string, unknown>>;

/** An artifact in the making. */
export interface ArtifactDraft {
  /** The stage writes its files here. */
  readonly directory: string;
  /**
   * Adds the value and the manifest and moves the folder to its address,
   * replacing what is there.
   */
  commit(
    value: ArtifactValue,
    record: ArtifactRecord,
  ): Promise<ArtifactManifest>;
  /** Removes the draft. */
  discard(): Promise<void>;
}

/** A lock, or word of who has it. */
export type LockAttempt =
  | { readonly locked: true; release(): Promise<void> }
  /** `owner` is null in the moments when it is not known. */
  | { readonly locked: false; readonly owner: LockOwner | null };

/** A place for artifacts. */
export interface ArtifactStore {
  /** Opens the same store in another process with {@link openStore}. */
  readonly location: string;
  /**
   * Absolute folder of an artifact on this machine, whether or not it exists: a
   * store that is elsewhere has the files there once the artifact was read.
   */
  directory(address: ArtifactAddress): string;
  /** Where an artifact is, for a person. */
  place(address: ArtifactAddress): string;
  /** A quick check, without reading the files; moves what is damaged to quarantine. */
  inspect(address: ArtifactAddress): Promise<Inspection>;
  /**
   * Reads a value and verifies every file's digest.
   *
   * @throws {DamagedArtifactError} Having moved the artifact to quarantine.
   */
  read(address: ArtifactAddress): Promise<ArtifactValue>;
  /** Starts an artifact. */
  draft(address: ArtifactAddress): Promise<ArtifactDraft>;
  /** A folder that outlives interrupted attempts at this artifact; created. */
  attemptDirectory(address: ArtifactAddress): Promise<string>;
  /** A file of that folder was written: others go on from it, on whichever machine. */
  saveAttempt(address: ArtifactAddress, file: string): Promise<void>;
  /** Removes that folder. */
  clearAttempt(address: ArtifactAddress): Promise<void>;
  /** What the store has of a stage, the newest first; damaged ones left out. */
  list(stage: string): Promise<readonly StoredArtifact[]>;
  /** Takes the lock of an artifact, if it is free. */
  tryLock(address: ArtifactAddress): Promise<LockAttempt>;
  /** Removes drafts of processes that no longer live. */
  sweep(): Promise<void>;
  /** What looking after it needs: lists, checks, removal, references. */
  readonly care: StoreCare;
}

/**
 * Opens the store at a {@link ArtifactStore.location}: a folder, or
 * `s3://bucket/prefix`. Another kind of store is chosen here, by the scheme of a
 * URL; what it owes is in `test/store/conformance.ts`.
 *
 * @throws {UserError} where there is no store for such a location.
 */
export function openStore(location: string): ArtifactStore {
  const scheme = schemeOf(location);
  if (scheme === undefined) return folderStore(location);
  if (scheme === "s3") return s3Store(location);
  throw new UserError(
    `Cannot open the store: there is none for "${scheme}:", want a folder or s3://bucket/prefix`,
    { hint: 'Set another with "store" or VAE_PRIORS_STORE' },
  );
}
