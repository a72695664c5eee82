/**
 * `record.json` of a run: everything that it takes to repeat it, and what came
 * of it. How one is read and checked; its fields stand in _record_schema.ts.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { FORMER_VERSIONS, fromFormerVersion } from "./former_record.ts";
import { fromFormerConfig } from "./former_config.ts";
import { hideCredentials } from "../lib/credentials.ts";
import { UserError } from "../lib/errors.ts";
import { codeOf, whyUnread } from "../lib/files.ts";
import {
  RECORD_FORMAT,
  RECORD_VERSION,
  recordSchema,
} from "./_record_schema.ts";

/** A record. */
export type RunRecord = v.InferOutput<typeof recordSchema>;
/** One trial of a run. */
export type TrialRecord = RunRecord["trials"][number];
/** One stage of a run, which trials may share. */
export type StageRecord = RunRecord["stages"][number];

/**
 * Reads a record.
 *
 * @throws {UserError} where the file is missing, or no record of this version.
 */
export async function readRecord(file: string): Promise<RunRecord> {
  const action = `Cannot read the record "${file}"`;
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    // One that may not be read is there.
    if (["ENOENT", "ENOTDIR"].includes(codeOf(cause) ?? "")) {
      throw new UserError(`${action}: no such file`);
    }
    throw new UserError(`${action}: ${whyUnread(cause)}`, {
      hint: "Name the record.json in a folder of outputs/runs/",
      cause,
    });
  }
  return parseRecord(value, action);
}

/**
 * Checks that `value` is a record; `action` begins the message.
 *
 * @throws {UserError} where it is none.
 */
export function parseRecord(value: unknown, action: string): RunRecord {
  const { format, version } = Object(value) as Partial<RunRecord>;
  if (format !== RECORD_FORMAT) {
    throw new UserError(`${action}: it is not a record of a run`, {
      hint: "Name the record.json in a folder of outputs/runs/",
    });
  }
  const isFormer = FORMER_VERSIONS.includes(version);
  if (!isFormer && version !== RECORD_VERSION) {
    throw new UserError(
      `${action}: found version ${version} of the format, want ${RECORD_VERSION}`,
      { hint: "It was written by another version of vae-priors" },
    );
  }
  const current = isFormer ? fromFormerVersion(value) : value;
  const result = v.safeParse(recordSchema, current);
  if (result.success) {
    // Versions before this one wrote the command as it was typed.
    const { command, config } = result.output;
    return {
      ...result.output,
      config: fromFormerConfig(config),
      command: command.map((word) => hideCredentials(word)),
    };
  }
  const [issue] = result.issues;
  throw new UserError(
    `${action}: ${v.getDotPath(issue) ?? "it"} is wrong: ${issue.message}`,
  );
}

/** Stages of a trial, in order. */
export function stagesOf(
  record: RunRecord,
  trial: TrialRecord,
): readonly StageRecord[] {
  const byKey = new Map(record.stages.map((stage) => [stage.key, stage]));
  return trial.stages.flatMap((key) => byKey.get(key) ?? []);
}
