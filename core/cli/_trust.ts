/**
 * Whether the code that a record names may run here.
 *
 * @module
 */

import { applyOverrides, type Override } from "../config/overrides.ts";
import { readPlaces } from "../config/places.ts";
import { UserError } from "../lib/errors.ts";
import { prepareModule } from "../load/import_module.ts";
import {
  codeOfRecord,
  describeCode,
  type RepeatPlace,
} from "../runs/record_code.ts";
import type { RunRecord } from "../runs/record.ts";

/** A record that is to be repeated, and what is to come of it. */
export interface Repeat
  extends Pick<RepeatPlace, "baseDirectory" | "isProject" | "recordFile"> {
  readonly record: RunRecord;
  /** The record's, with the places of the project here. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Values set by hand. */
  readonly overrides: readonly Override[];
  /** `--trust`. */
  readonly isTrusted: boolean;
  /** Takes a line for the person. */
  readonly show: (line: string) => void;
}

/**
 * Compares the code that a record names with what it has recorded, and shows
 * it; loads nothing.
 *
 * @throws {UserError} where some of it is not as recorded, or lies where
 * an archive may have put it, and the person does not trust it.
 */
export async function admitCode(repeat: Repeat): Promise<void> {
  const { record, config, overrides, recordFile, show } = repeat;
  const laid = applyOverrides(config, overrides);
  const byHand = new Set(overrides.map(({ path }) => path[0]));
  // What is set by hand is the person's own choice.
  const named = Object.entries(laid).filter(([key]) => !byHand.has(key));
  const code = await codeOfRecord(record, Object.fromEntries(named), {
    ...repeat,
    ...readPlaces(laid, repeat),
  });
  const doubtful = code.filter(({ problem }) => problem !== null);
  const lines = code.map((one) => `  ${describeCode(one)}`);
  if (doubtful.length > 0 && !repeat.isTrusted) {
    throw new UserError(
      `Cannot repeat the run of "${recordFile}": it would run code that nobody here has chosen:\n${
        doubtful.map((one) => `  ${describeCode(one)}`).join("\n")
      }`,
      { hint: "Read that code; where it may run, add --trust" },
    );
  }
  // Else the command begins again, and shows all this twice.
  for (const { module } of code) await prepareModule(module);
  if (lines.length > 0) show("Code that the record names");
  for (const line of lines) show(line);
}
