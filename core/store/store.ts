/**
 * The store contract: artifacts by stage and key, whole or not at all. A store
 * is had from [open.ts](open.ts).
 *
 * @module
 */

import type { StoreAdmin } from "./admin.ts";
import type {
  ArtifactAddress,
  ArtifactManifest,
  ArtifactRecord,
  ArtifactValue,
  StoredArtifact,
} from "./artifact.ts";
import type { LockAttempt } from "../lib/wait_for_lock.ts";

export type {
  ArtifactAddress,
  ArtifactManifest,
  ArtifactValue,
  StoredArtifact,
};

/** What a look at the manifest and the files' sizes says. */
export type Inspection =
  | { readonly status: "hit"; readonly manifest: ArtifactManifest }
  | { readonly status: "miss" }
  | {
    /** It was there, was damaged, and lies in quarantine now. */
    readonly status: "damaged";
    readonly problem: string;
  };

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

/** A place for artifacts. */
export interface ArtifactStore {
  /** Opens the same store in another process with `openStore`. */
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
  removeStale(): Promise<void>;
  /** What looking after it needs: lists, checks, removal, references. */
  readonly admin: StoreAdmin;
}
