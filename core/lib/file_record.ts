/** What is known of a file. @module */

/** Size and content of a file. */
export interface FileRecord {
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}
