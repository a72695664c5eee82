/**
 * `matrix` and `exclude` of a config: options of stages in which runs differ,
 * and which combinations are not wanted.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import { optionAxis } from "../pipeline/option_axis.ts";
import type { Axis, AxisValues } from "../pipeline/provider.ts";
import type { Stage } from "../pipeline/stage.ts";
import type { Exclusion } from "../pipeline/types.ts";
import { whereNow } from "./moved.ts";
import { readOptions } from "./read_options.ts";
import { didYouMean, quoteAll, show } from "../lib/suggest.ts";
import type { Override } from "./overrides.ts";

/** What {@link readMatrix} looks at. */
export interface MatrixPlace {
  readonly config: Readonly<Record<string, unknown>>;
  readonly stages: readonly Stage[];
  /** What is set by hand is no axis any more. */
  readonly overrides: readonly Override[];
}

/**
 * The axes of `{ "train.learningRate": [1e-3, 3e-4] }`.
 *
 * @throws {UserError} naming the entry, where there is no such option or it
 * cannot have such a value.
 */
export function readMatrix(
  matrix: Readonly<Record<string, unknown>>,
  place: MatrixPlace,
): readonly AxisValues[] {
  const set = place.overrides.map(({ path }) => path.slice(0, 2).join("."));
  const names = Object.keys(matrix).filter((name) => !set.includes(name));
  const options = names.map((name) => name.slice(name.indexOf(".") + 1));
  return names.map((name, i) => {
    const stage = stageOf(name, matrix[name], place.stages);
    const option = options[i]!;
    const isAlone = options.indexOf(option) === options.lastIndexOf(option);
    const called = isAlone ? option : name;
    return Object.freeze({
      axis: optionAxis({ stage: stage.name, option, called }),
      values: readValues(matrix[name], { name, option, stage, place }),
    });
  });
}

/**
 * `exclude`: in each entry the values of a combination that is not wanted.
 *
 * @throws {UserError} naming the entry, where no run would be so.
 */
export function readExclude(
  entries: readonly Readonly<Record<string, unknown>>[],
  axes: readonly AxisValues[],
): readonly Exclusion[] {
  return entries.map((entry, i) => {
    const where = `exclude[${i}]`;
    const parts = Object.entries(entry).map(([name, wanted]) => {
      const found = axes.find(({ axis }) => axis.name === name);
      if (found === undefined) {
        const names = axes.map(({ axis }) => axis.name);
        const hint = didYouMean(name, names);
        throw new UserError(
          `Cannot read "${where}": found "${name}", want one of ${
            quoteAll(names)
          }`,
          hint === undefined ? {} : { hint },
        );
      }
      const { axis, values } = found;
      const value = values.find((value) => isMeant(axis, value, wanted));
      if (value !== undefined) return [name, value] as const;
      throw new UserError(
        `Cannot read "${where}.${name}": found ${show(wanted)}, want one of ${
          quoteAll(values.map((value) => axis.title(value)))
        }`,
      );
    });
    if (parts.length > 0) return Object.freeze(Object.fromEntries(parts));
    throw new UserError(
      `Cannot read "${where}": it is empty, and would exclude every trial`,
    );
  });
}

function stageOf(
  name: string,
  given: unknown,
  stages: readonly Stage[],
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
    `Cannot read "matrix": found "${name}", want an option of a stage, such as ${
      quoteAll(known.slice(0, 3))
    }`,
    hint === undefined ? {} : { hint },
  );
}

function readValues(
  given: unknown,
  { name, option, stage, place }: {
    readonly name: string;
    readonly option: string;
    readonly stage: Stage;
    readonly place: MatrixPlace;
  },
): readonly unknown[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw new UserError(
      `Cannot read "matrix.${name}": found ${
        show(given)
      }, want a list of values`,
    );
  }
  const own = place.config[stage.name] as object | undefined;
  return Object.freeze(
    given.map((value) =>
      readOptions(stage.options, { ...own, [option]: value }, {
        path: stage.name,
        owner: `stage "${stage.name}"`,
        within: (key) => key === option ? `"matrix"` : undefined,
      })[option]
    ),
  );
}

/** A value is meant by itself, or by its name. */
function isMeant(axis: Axis, value: unknown, wanted: unknown): boolean {
  return axis.title(value) === wanted ||
    JSON.stringify(value) === JSON.stringify(wanted);
}

function split(name: string): readonly [string, string] {
  const dot = name.indexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}
