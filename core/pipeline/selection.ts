/**
 * Which stages of which trials a person asked for.
 *
 * @module
 */

import { didYouMean, quoteAll } from "../lib/suggest.ts";
import { UserError } from "../lib/errors.ts";
import { withAncestors, withDescendants } from "./stage_graph.ts";
import type { Plan, Trial } from "./types.ts";

/** The reason of a stage that is not in the store, and was not asked for. */
export const NOT_ASKED = "not asked for";

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
  /** Only these trials, by id or label; default all. */
  readonly trials?: readonly string[];
}

/** The stages to run, by their keys. */
export interface Selection {
  readonly wanted: ReadonlySet<string>;
  /** To be run even if the store has them; all of them wanted. */
  readonly forced: ReadonlySet<string>;
}

/**
 * The stages that `options` ask for.
 *
 * @throws {UserError} Where a stage or a trial is not in the plan, or `from`
 * comes after `to`.
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
  const forced = new Set(
    again.flatMap((name) => [...withDescendants(stages, name)]),
  );
  const keys = selectTrials(plan, options.trials).flatMap(({ nodes }) => nodes)
    .filter((key) => wanted.has(plan.nodes.get(key)!.stage.name));
  return {
    wanted: new Set(keys),
    forced: new Set(
      keys.filter((key) => forced.has(plan.nodes.get(key)!.stage.name)),
    ),
  };
}

/**
 * The trials of these ids or labels, in the plan's order; without names all.
 *
 * @throws {UserError} Where there is no such trial.
 */
export function selectTrials(
  plan: Plan,
  names: readonly string[] | undefined,
): readonly Trial[] {
  if (names === undefined) return plan.trials;
  for (const name of names) {
    if (plan.trials.some(({ id, label }) => name === id || name === label)) {
      continue;
    }
    const known = plan.trials.flatMap(({ id, label }) => [id, label]);
    const hint = didYouMean(name, known);
    throw new UserError(
      `Cannot choose --run ${name}: found no trial "${name}", want one of ${
        listTrials(plan.trials)
      }`,
      hint === undefined ? {} : { hint },
    );
  }
  return plan.trials.filter(({ id, label }) =>
    names.includes(id) || names.includes(label)
  );
}

/** Trials that a message lists. */
const LISTED = 12;

function listTrials(trials: readonly Trial[]): string {
  const some = trials.slice(0, LISTED).map(({ id, label }) =>
    `"${id}" (${label})`
  );
  const rest = trials.length - some.length;
  return some.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function checkName(
  name: string,
  flag: string,
  names: readonly string[],
): void {
  if (names.includes(name)) return;
  const hint = didYouMean(name, names);
  throw new UserError(
    `Cannot run with ${flag} ${name}: found no stage "${name}", want one of ${
      quoteAll(names)
    }`,
    hint === undefined ? {} : { hint },
  );
}
