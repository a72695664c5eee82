/**
 * What `run` plans: the config that the flags name, or a record.
 *
 * @module
 */

import type { Plan } from "../pipeline/types.ts";
import { UserError } from "../lib/errors.ts";
import type { PrepareOptions } from "../run.ts";
import type { RunRecord } from "../runs/record.ts";
import type { Flags } from "./command.ts";
import { readText } from "./flags.ts";
import { planFromFlags } from "./plan_flags.ts";

/** A plan, and the record that it repeats; null where it repeats none. */
export interface PlannedJob {
  readonly plan: Plan;
  readonly record: RunRecord | null;
}

/**
 * Plans a run; `show` is told what code a record names.
 *
 * @throws {UserError} for mistakes in the flags, the config or the record.
 */
export async function planJob(
  flags: Flags,
  options: Omit<PrepareOptions, "preset" | "overrides">,
  show: (line: string) => void,
): Promise<PlannedJob> {
  const file = readText(flags, "fromRecord");
  if (file === undefined) {
    if (flags.trust !== undefined) {
      throw new UserError("Cannot use --trust without --from-record", {
        hint: "The code that a config names runs anyway",
      });
    }
    return { plan: await planFromFlags(flags, options), record: null };
  }
  const { planFromRecord } = await import("./_repeat.ts");
  return await planFromRecord(file, flags, options, show);
}
