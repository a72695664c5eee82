/** What is wrong with an IDX file, and where. @module */

import { UserError } from "../core/lib/errors.ts";
import type { DataFile } from "./data_file.ts";

/** Where and what of a defect. */
export interface Defect {
  readonly offset: number;
  readonly found: string;
  readonly expected: string;
  readonly hint?: string;
}

/** The error for what a file should not have. */
export function defect(
  file: DataFile,
  { offset, found, expected, hint }: Defect,
): UserError {
  const where = file.compressed
    ? `offset ${offset} of the decompressed data`
    : `offset ${offset}`;
  return new UserError(
    `Cannot read IDX file "${file.path}": at ${where} found ${found}, want ${expected}`,
    hint === undefined ? {} : { hint },
  );
}
