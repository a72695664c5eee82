/**
 * Which of the runs in a folder a name means.
 *
 * @module
 */

import { commandLine } from "../lib/command_line.ts";
import { UserError } from "../lib/errors.ts";
import { didYouMean, quoteSome } from "../lib/suggest.ts";

/** Names of runs that are named in a message; more are counted. */
const NAMED = 8;

/**
 * The one of `ids` that is `name`, or alone begins with it.
 *
 * @throws {UserError} where there is none, or more than one.
 */
export function pickRun(
  name: string,
  ids: readonly string[],
  folder: string,
): string {
  if (ids.includes(name)) return name;
  const begun = name === "" ? [] : ids.filter((id) => id.startsWith(name));
  if (begun.length === 1) return begun[0]!;
  if (begun.length > 1) {
    throw new UserError(
      `Cannot tell which run "${name}" is: ${quoteSome(begun, NAMED)} begin so`,
      { hint: "Write more of its name" },
    );
  }
  if (ids.length === 0) {
    throw new UserError(`Cannot find run "${name}": "${folder}" has no runs`, {
      hint: `Make one with ${commandLine("run")}`,
    });
  }
  throw new UserError(
    `Cannot find run "${name}": "${folder}" has ${quoteSome(ids, NAMED)}`,
    { hint: didYouMean(name, ids) ?? `See ${commandLine("list runs")}` },
  );
}
