/**
 * From the flags of a command to a plan.
 *
 * @module
 */

import { loadConfig } from "../config/load.ts";
import type { SelectionOptions } from "../pipeline/selection.ts";
import type { Plan } from "../pipeline/types.ts";
import { type PrepareOptions, preparePlan } from "../run.ts";
import { UserError } from "../lib/errors.ts";
import {
  isRung,
  searchLines as describeSearch,
} from "../pipeline/search/words.ts";
import { hang, terminalWidth } from "./wrap.ts";
import type { Flags } from "./command.ts";
import { readConfigFlags, readText, readTexts } from "./flags.ts";

/**
 * Loads the config that the flags name and plans it.
 *
 * @throws {UserError} for mistakes in the flags or in the config.
 */
export async function planFromFlags(
  flags: Flags,
  options: Omit<PrepareOptions, "preset" | "overrides"> = {},
): Promise<Plan> {
  const { file, preset, overrides } = readConfigFlags(flags);
  const source = await loadConfig(file === undefined ? {} : { file });
  return await preparePlan(source, { ...options, preset, overrides });
}

/**
 * Reads `--only`, `--from`, `--to`, `--force` and `--run`; of a rung of a search
 * all is looked at, for they are about what comes after it.
 *
 * @throws {UserError} where one that stands alone is repeated.
 */
export function readSelection(
  flags: Flags,
  plan?: Pick<Plan, "searched">,
): SelectionOptions {
  const only = readText(flags, "only");
  const from = readText(flags, "from");
  const to = readText(flags, "to");
  const force = readForce(flags);
  const trials = readTexts(flags, "run");
  if (plan !== undefined && isRung(plan)) return {};
  return {
    ...(only === undefined ? {} : { only }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(force === undefined ? {} : { force }),
    ...(trials.length === 0 ? {} : { trials }),
  };
}

/** Where a search stands, for a person; nothing where there is none. */
export function searchLines({ searched }: Plan): readonly string[] {
  return searched === undefined
    ? []
    : describeSearch(searched).flatMap((line) =>
      hang("", line, { width: terminalWidth() })
    );
}

function readForce(flags: Flags): true | readonly string[] | undefined {
  if (flags.force === undefined) return undefined;
  const words = readTexts(flags, "force");
  if (words.includes("true")) {
    if (words.length > 1) {
      throw new UserError(
        "Cannot read --force: found it alone and with a stage, want one of them",
      );
    }
    return true;
  }
  return words;
}
