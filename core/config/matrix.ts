/**
 * `matrix` and `exclude` of a config: options of stages in which runs differ,
 * and which combinations are not wanted.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import { optionAxis } from "../pipeline/option_axis.ts";
import type { Axis, AxisValues } from "../pipeline/provider.ts";
import type { Exclusion } from "../pipeline/types.ts";
import { findOptions, type OptionsOf, readValues } from "./option_values.ts";
import { didYouMean, quoteAll, show } from "../lib/suggest.ts";

/**
 * The axes of `{ "train.learningRate": [1e-3, 3e-4] }`.
 *
 * @throws {UserError} naming the entry, where there is no such option or it
 * cannot have such a value.
 */
export function readMatrix(
  matrix: Readonly<Record<string, unknown>>,
  place: OptionsOf,
): readonly AxisValues[] {
  const options = findOptions(matrix, "matrix", place);
  return options.map(({ name, ...option }) =>
    Object.freeze({
      axis: optionAxis(option),
      values: readValues(matrix[name], { name, key: "matrix", place }),
    })
  );
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

/** A value is meant by itself, or by its name. */
function isMeant(axis: Axis, value: unknown, wanted: unknown): boolean {
  return axis.title(value) === wanted ||
    JSON.stringify(value) === JSON.stringify(wanted);
}
