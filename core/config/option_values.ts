/**
 * Options of stages by their names, `train.learningRate`, with values, as
 * several keys of a config have them.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import type { OptionAxis } from "../pipeline/provider.ts";
import type { Stage } from "../pipeline/stage.ts";
import { whereNow } from "./moved.ts";
import type { Override } from "./overrides.ts";
import { readOptions } from "./read_options.ts";
import { didYouMean, quoteAll, show } from "../lib/suggest.ts";

/** What the names mean. */
export interface OptionsOf {
  readonly config: Readonly<Record<string, unknown>>;
  readonly stages: readonly Stage[];
  /** What is set by hand has one value alone. */
  readonly overrides: readonly Override[];
}

/** An option by its name, with its stage where another has such an option, too. */
export interface NamedOption extends OptionAxis {
  readonly name: string;
}

/**
 * The options that the entries of `key` name, but for those that are set by
 * hand.
 *
 * @throws {UserError} where there is no such option.
 */
export function findOptions(
  entries: Readonly<Record<string, unknown>>,
  key: string,
  { stages, overrides }: OptionsOf,
): readonly NamedOption[] {
  const set = overrides.map(({ path }) => path.slice(0, 2).join("."));
  const names = Object.keys(entries).filter((name) => !set.includes(name));
  const options = names.map((name) => split(name)[1]);
  return names.map((name, i) => {
    const stage = stageOf(name, entries[name], { key, stages });
    const option = options[i]!;
    const isAlone = options.indexOf(option) === options.lastIndexOf(option);
    const called = isAlone ? option : name;
    return { name, stage: stage.name, option, called };
  });
}

function stageOf(
  name: string,
  given: unknown,
  { key, stages }: { readonly key: string; readonly stages: readonly Stage[] },
): Stage {
  const [stageName = "", option = ""] = split(name);
  const stage = stages.find((one) => one.name === stageName);
  if (stage !== undefined && Object.hasOwn(stage.options.entries, option)) {
    return stage;
  }
  const known = stages.flatMap((one) =>
    Object.keys(one.options.entries).map((key) => `${one.name}.${key}`)
  );
  const hint = (stage && whereNow(stage, option, [given].flat())) ??
    didYouMean(name, known);
  throw new UserError(
    `Cannot read "${key}": found "${name}", want an option of a stage, such as ${
      quoteAll(known.slice(0, 3))
    }`,
    hint === undefined ? {} : { hint },
  );
}

/**
 * The values of the option `name`, each as its stage reads it.
 *
 * @throws {UserError} where they are no list, or the option cannot have one.
 */
export function readValues(
  given: unknown,
  { name, key, place }: {
    readonly name: string;
    /** Of the config. */
    readonly key: string;
    readonly place: OptionsOf;
  },
): readonly unknown[] {
  const [stageName, option] = split(name);
  const stage = place.stages.find((one) => one.name === stageName)!;
  if (!Array.isArray(given) || given.length === 0) {
    throw new UserError(
      `Cannot read "${key}.${name}": found ${
        show(given)
      }, want a list of values`,
    );
  }
  const set = place.config[stage.name] as object | undefined;
  return Object.freeze(
    given.map((value) =>
      readOptions(stage.options, { ...set, [option]: value }, {
        path: stage.name,
        owner: `stage "${stage.name}"`,
        within: (own) => own === option ? `"${key}"` : undefined,
      })[option]
    ),
  );
}

function split(name: string): readonly [string, string] {
  const dot = name.indexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}
