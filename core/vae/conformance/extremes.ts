/**
 * Raw head outputs from extreme to extreme.
 *
 * @module
 */

import { uniformStream } from "../../engine/random.ts";
import { deriveSeed } from "../../engine/seed.ts";
import type { Instance } from "./instance.ts";
import type { RawRow } from "./subject.ts";

/** What a head may put out, from a network far off to a trained one. */
export const EXTREMES: readonly number[] = [-30, -8, -2, 0, 2, 8, 30];

const MOST_COMBINATIONS = 343;
const MIXTURES = 100;

/**
 * Rows of raw outputs: every combination of {@link EXTREMES}, one value a
 * parameter, as long as these are few; then rows in which every unit has a
 * value of its own.
 */
export function extremeRows(
  { prior, units }: Instance,
  seed: number,
): readonly RawRow[] {
  const uniform = uniformStream(deriveSeed(seed, "extremes"), units);
  const any = () => EXTREMES[Math.floor(uniform() * EXTREMES.length)]!;
  const sizes = Object.values(prior.head).map((parameter) => parameter.units);
  const combinations = EXTREMES.length ** sizes.length;
  const rows = combinations <= MOST_COMBINATIONS
    ? Array.from(
      { length: combinations },
      (_, index) =>
        sizes.map((size, place) => {
          const digit = Math.floor(index / EXTREMES.length ** place);
          return Array<number>(size).fill(EXTREMES[digit % EXTREMES.length]!);
        }).flat(),
    )
    : Array.from(
      { length: MOST_COMBINATIONS },
      () => sizes.flatMap((size) => Array<number>(size).fill(any())),
    );
  const mixtures = Array.from(
    { length: MIXTURES },
    () => Array.from({ length: units }, any),
  );
  return [...rows, ...mixtures];
}
