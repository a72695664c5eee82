/**
 * What a store needs of a service that keeps objects under paths.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import type { FileRecord } from "../../lib/file_record.ts";

/** The service does not know a request, or not with what it has. */
export class RefusedError extends UserError {}

/** An object in a list. */
export interface ListedObject {
  /** From the beginning of the store on, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** By the service's clock, in milliseconds since 1970. */
  readonly modified: number;
  /** Changes whenever the content does. */
  readonly etag: string;
}

/** An object that was read. */
export interface FoundObject {
  readonly bytes: Uint8Array;
  readonly etag: string;
  /** As given to {@link Objects.put}; null where there is none. */
  readonly signature: string | null;
}

/** Options of {@link Objects.put}. */
export interface PutOptions {
  /** Only where there is nothing yet, or what is there has this ETag. */
  readonly only?: "new" | { readonly etag: string };
  readonly signature?: string | null;
  /** False: a service that cannot be reached is an error at once. */
  readonly persistent?: boolean;
}

/**
 * Objects of one store. Every method throws explained errors: `UserError` where
 * only a person can help, `RunError` where the service did not answer.
 */
export interface Objects {
  /** As a person writes it: `s3://bucket/prefix`. */
  readonly location: string;
  /** Reads a small object; null where there is none, "same" where it has the ETag `unless`. */
  get(path: string, unless?: string): Promise<FoundObject | "same" | null>;
  /** Reads an object in pieces, as it is; null where there is none. */
  open(path: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Writes an object as a whole; its ETag, or null where `only` does not hold. */
  put(
    path: string,
    content: string | Uint8Array,
    options?: PutOptions,
  ): Promise<string | null>;
  /** Writes a file of the disk. */
  putFile(path: string, file: string, record: FileRecord): Promise<void>;
  /** Copies an object; false where there is none. */
  copy(from: string, to: string): Promise<boolean>;
  /** Removes what is there of these. */
  remove(paths: readonly string[]): Promise<void>;
  /** All whose path begins with `prefix`, in the order of their paths. */
  list(prefix: string): Promise<readonly ListedObject[]>;
  /**
   * Does `work` again while the service, having been reached before, cannot be:
   * for reading what {@link Objects.open} gives, which may break off.
   */
  persist<T>(work: () => Promise<T>): Promise<T>;
}
