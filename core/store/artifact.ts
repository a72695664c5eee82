/**
 * What an artifact is: its address, its manifest, its value.
 *
 * @module
 */

import type { FileRecord } from "../lib/file_record.ts";

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

/** Artifact name to value, as a stage gives it. */
export type ArtifactValue = Readonly<Record<string, unknown>>;
