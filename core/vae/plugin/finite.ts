/** Whether what a plugin gives are numbers. @module */

import { UserError } from "../../lib/errors.ts";

/** Whose values {@link requireFinite} looks at. */
export interface ValuesOf {
  /** How an error begins: `Cannot use prior "mine": sample`. */
  readonly start: string;
  readonly shape: readonly number[];
  /** Whether they are logarithms, which may be those of 0. Default false. */
  readonly log?: boolean;
}

/** @throws {UserError} that names the first value that is none. */
export function requireFinite(
  values: Float32Array,
  { start, shape, log = false }: ValuesOf,
): void {
  const isBad = (value: number) =>
    !Number.isFinite(value) && !(log && value === -Infinity);
  const place = values.findIndex(isBad);
  if (place < 0) return;
  const bad = values.filter(isBad).length;
  throw new UserError(
    `${start} gives ${values[place]} at [${
      placeIn(shape, place)
    }], want finite numbers; ${bad} of ${values.length} are not finite`,
    {
      hint:
        "Keep logarithms and quotients off 0 with a floor, and clip the argument of a branch that tf.where does not take",
    },
  );
}

/** Indices of the `at`-th number of an array of this shape. */
export function placeIn(
  shape: readonly number[],
  at: number,
): readonly number[] {
  let rest = at;
  return shape.toReversed().map((size) => {
    const index = rest % size;
    rest = Math.floor(rest / size);
    return index;
  }).reverse();
}
