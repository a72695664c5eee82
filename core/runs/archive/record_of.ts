/**
 * The record within an archive.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { REPORT_FILES } from "../../report/paths.ts";
import { parseRecord, type RunRecord } from "../record.ts";
import { readAll } from "../../lib/files.ts";
import { formatBytes } from "../format.ts";
import { MAX_INDEX_BYTES } from "./format.ts";
import type { Archive } from "./open_archive.ts";

/**
 * Reads the record of an archive.
 *
 * @throws {UserError} beginning with `action`, where it has none that is its own.
 */
export async function readRecordOf(
  archive: Archive,
  action: string,
): Promise<RunRecord> {
  const path = `run/${REPORT_FILES.record}`;
  const listed = archive.index.files[path];
  if (listed === undefined) throw new UserError(`${action}: it lacks a record`);
  if (listed.size > MAX_INDEX_BYTES) {
    throw new UserError(
      `${action}: its record has ${formatBytes(listed.size)}, want at most ${
        formatBytes(MAX_INDEX_BYTES)
      }`,
    );
  }
  const bytes = await readAll(archive.read(path), MAX_INDEX_BYTES);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new UserError(`${action}: its record is not JSON`, { cause });
  }
  const record = parseRecord(value, action);
  if (record.run === archive.index.run) return record;
  throw new UserError(
    `${action}: its record is of "${record.run}", want "${archive.index.run}"`,
  );
}
