/**
 * Runs the checks.
 *
 * @module
 */

import { messageOf } from "../../lib/errors.ts";
import { type Check, fail, type Finding, notApplicable } from "./check.ts";
import type { Kit } from "./kit.ts";

/** What a check found, under its name. */
export interface CheckResult extends Finding {
  readonly name: string;
  readonly title: string;
}

/** Runs one check; what the plugin throws is a failure. */
export function runCheck<Asked>(
  check: Check<Asked>,
  subject: Asked,
): CheckResult {
  const { name, title } = check;
  return { name, title, ...find(check, subject) };
}

/**
 * Runs all checks on the engine that is started, giving each result as it
 * comes. Those that rest on the contract are left out where it does not hold.
 */
export function* runChecks<Asked>(
  { checks, needed }: Pick<Kit<never, Asked>, "checks" | "needed">,
  subject: Asked,
): Generator<CheckResult> {
  let isUsable = true;
  for (const check of checks) {
    if (isUsable) {
      const result = runCheck(check, subject);
      isUsable = needed.includes(check.name) ? result.verdict !== "fail" : true;
      yield result;
    } else {
      const { name, title } = check;
      yield {
        name,
        title,
        ...notApplicable("what comes before it must hold first"),
      };
    }
  }
}

function find<Asked>(check: Check<Asked>, subject: Asked): Finding {
  try {
    return check.run(subject);
  } catch (error) {
    return fail(
      `it threw: ${messageOf(error)}`,
      error instanceof Error ? placeOf(error) : "It threw no Error",
    );
  }
}

/** The innermost line of the plugin's in a stack. */
function placeOf({ stack = "" }: Error): string {
  const line = stack.split("\n").slice(1).find((frame) =>
    !/node_modules|node:|[\\/]core[\\/]/.test(frame)
  );
  return line === undefined ? stack : `It was thrown ${line.trim()}`;
}
