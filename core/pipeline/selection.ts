/**
 * Which stages a person asked for.
 *
 * @module
 */

import { UserError } from "../errors.ts";
import { withAncestors, withDescendants } from "./stage_graph.ts";
import type { Plan } from "./types.ts";

/** What of a plan to run; names are those of stages. */
export interface SelectionOptions {
  /** Just this stage; what it needs must be in the store. */
  readonly only?: string;
  /** This stage and all that depend on it, again. */
  readonly from?: string;
  /** Nothing but this stage and what it needs. */
  readonly to?: string;
  /** All stages again, or these and all that depend on them. */
  readonly force?: true | readonly string[];
}

/** The stages to run, by name. */
export interface Selection {
  readonly wanted: ReadonlySet<string>;
  /** To be run even if the store has them; all of them wanted. */
  readonly forced: ReadonlySet<string>;
}

/**
 * The stages that `options` ask for.
 *
 * @throws {UserError} Where a stage is not in the plan, or `from` comes after `to`.
 */
export function selectStages(plan: Plan, options: SelectionOptions): Selection {
  const { stages } = plan.config;
  const names = stages.map(({ name }) => name);
  const { only, from, to, force = [] } = options;
  for (
    const [flag, name] of [["only", only], ["from", from], ["to", to]] as const
  ) {
    if (name !== undefined) checkName(name, `--${flag}`, names);
  }
  const again = force === true ? names : [...force];
  for (const name of again) checkName(name, "--force", names);
  if (only !== undefined && (from !== undefined || to !== undefined)) {
    throw new UserError(
      `Cannot run with --only ${only} and --${
        from === undefined ? "to" : "from"
      }: want one of them`,
    );
  }
  if (from !== undefined) again.push(from);
  let wanted: ReadonlySet<string> = new Set(names);
  if (only !== undefined) wanted = new Set([only]);
  if (to !== undefined) wanted = withAncestors(stages, to);
  if (from !== undefined && !wanted.has(from)) {
    throw new UserError(
      `Cannot run from "${from}" to "${to}": "${to}" does not need "${from}"`,
    );
  }
  const forced = again.flatMap((name) => [...withDescendants(stages, name)]);
  return {
    wanted,
    forced: new Set(forced.filter((name) => wanted.has(name))),
  };
}

function checkName(
  name: string,
  flag: string,
  names: readonly string[],
): void {
  if (names.includes(name)) return;
  throw new UserError(
    `Cannot run with ${flag} ${name}: found no stage "${name}", want one of ${
      names.map((one) => `"${one}"`).join(", ")
    }`,
  );
}
