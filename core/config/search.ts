/**
 * `search` of a config: options whose values are to be found, each
 * configuration's own, before trials are run.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import { quoteAll, show } from "../lib/suggest.ts";
import { canonicalJson } from "../pipeline/key/canonical.ts";
import { defaultRungs } from "../pipeline/search/halving.ts";
import { type Range, settingsOf } from "../pipeline/search/settings.ts";
import type { SearchInput, Setting } from "../pipeline/search/types.ts";
import { orderStages, withAncestors } from "../pipeline/stage_graph.ts";
import type { Stage } from "../pipeline/stage.ts";
import type { StageOptions } from "../pipeline/types.ts";
import {
  findOptions,
  type NamedOption,
  type OptionsOf,
  readValues,
} from "./option_values.ts";
import type { SearchKey } from "./search_schema.ts";

/** What {@link readSearch} looks at. */
export interface SearchPlace extends OptionsOf {
  readonly stageOptions: StageOptions;
  /** Names of options that are axes. */
  readonly matrix: readonly string[];
}

const KEY = "search.values";

/**
 * Reads `search`; null where there is none, or all of its options are set by
 * hand.
 *
 * @throws {UserError} where the options cannot have such values, or no stage
 * tells settings apart.
 */
export function readSearch(
  search: SearchKey | null,
  place: SearchPlace,
): SearchInput | null {
  if (search === null) return null;
  const { values, budget, reduction, seed } = search;
  const options = findOptions(values, KEY, place);
  if (options.length === 0) return null;
  const stage = findJudged(search.stage, place.stages);
  const { over } = stage.judged!;
  refuseOptions(options, { stage, over, place });
  for (const { name } of options) checkValues(values[name]!, name);
  const drawn = settingsOf(
    Object.fromEntries(options.map(({ name }) => [name, values[name]!])),
    { budget: budget ?? null, seed },
  );
  const settings = readSettings(drawn, options, place);
  const last = place.stageOptions[stage.name]![over];
  const rungs = search.rungs ??
    defaultRungs(settings.length, { last: last as number, reduction });
  checkRungs(rungs);
  refuseUnjudged(stage, place.stageOptions[stage.name]!);
  return Object.freeze({
    stage: stage.name,
    over,
    rungs,
    reduction,
    options: options.map(({ name: _, ...option }) => option),
    settings,
    written: { ...search },
  });
}

/** @throws {UserError} where no stage tells settings apart, or several do and none is named. */
function findJudged(
  name: string | undefined,
  stages: readonly Stage[],
): Stage {
  const able = stages.filter(({ judged }) => judged !== undefined);
  const found = able.filter((one) => name === undefined || one.name === name);
  if (found.length === 1) return found[0]!;
  throw new UserError(
    able.length === 0
      ? 'Cannot search: no stage of the config tells settings apart, as "train" does'
      : `Cannot read "search.stage": found ${
        show(name)
      }, want the stage that tells settings apart: ${
        quoteAll(able.map((one) => one.name))
      }`,
  );
}

function refuseOptions(
  options: readonly NamedOption[],
  { stage, over, place: { stages, matrix } }: {
    readonly stage: Stage;
    readonly over: string;
    readonly place: SearchPlace;
  },
): void {
  const needed = withAncestors(orderStages(stages), stage.name);
  for (const { name, stage: own, option } of options) {
    const found = `Cannot read "${KEY}": found "${name}"`;
    if (matrix.includes(name)) {
      throw new UserError(`${found}, which is in "matrix", too`, {
        hint: "Leave it out of one of them",
      });
    }
    if (!needed.has(own)) {
      throw new UserError(
        `${found}, which changes nothing of what stage "${stage.name}" gives`,
        { hint: `Want options of ${quoteAll([...needed])}` },
      );
    }
    if (own === stage.name && option === over) {
      throw new UserError(
        `${found}, which the search raises itself, from rung to rung`,
        { hint: 'Its values can be set: "rungs" of "search"' },
      );
    }
  }
}

function checkValues(given: readonly unknown[] | Range, name: string): void {
  const where = `Cannot read "${KEY}.${name}"`;
  if (Array.isArray(given)) {
    const texts = given.map((value) => canonicalJson(value, name));
    const twin = given.find((_, i) => texts.indexOf(texts[i]!) < i);
    if (twin === undefined) return;
    throw new UserError(`${where}: found ${show(twin)} twice`);
  }
  const { from, to, scale } = given as Range;
  if (from >= to) {
    throw new UserError(`${where}: found from ${from} to ${to}, want more`);
  }
  if (scale === "log" && from <= 0) {
    throw new UserError(
      `${where}: found from ${from} on a scale of logarithms, want more than 0`,
    );
  }
}

/** The settings as their stages read them. */
function readSettings(
  drawn: readonly Setting[],
  options: readonly NamedOption[],
  place: SearchPlace,
): readonly Setting[] {
  const columns = options.map(({ name }) => {
    const values = drawn.map((setting) => setting[name]);
    return [name, readValues(values, { name, key: KEY, place })] as const;
  });
  return drawn.map((_, i) =>
    Object.freeze(
      Object.fromEntries(columns.map(([name, values]) => [name, values[i]])),
    )
  );
}

function checkRungs(rungs: readonly number[]): void {
  if (rungs.every((one, i) => i === 0 || one > rungs[i - 1]!)) return;
  throw new UserError(
    `Cannot read "search.rungs": found ${show(rungs)}, want numbers that rise`,
  );
}

function refuseUnjudged(
  { judged }: Stage,
  options: Readonly<Record<string, unknown>>,
): void {
  const refusal = judged!.refuse(options);
  if (refusal === null) return;
  throw new UserError(`Cannot search: ${refusal.why}`, { hint: refusal.hint });
}
