import { expect, it } from "vitest";
import {
  defaultRungs,
  promote,
  rank,
  type Scored,
} from "../../../core/pipeline/search/halving.ts";

const scored = (...values: readonly (number | null)[]): readonly Scored[] =>
  values.map((value, place) => ({
    setting: { place },
    score: value === null
      ? { failed: "it was not finite" }
      : { value, work: 1, added: 1 },
  }));

const places = (settings: ReturnType<typeof rank>) =>
  settings.map(({ place }) => place);

it("has the best of every few go on, in the order in which they were tried", () => {
  expect(places(promote(scored(5, 1, 4, 2, 3, 6), 3))).toEqual([1, 3]);
  // Rounded up.
  expect(places(promote(scored(5, 1, 4, 2, 3, 6, 7), 3))).toEqual([1, 3, 4]);
  expect(places(promote(scored(2), 4))).toEqual([0]);
});

it("takes of equals the one that was named first, and none that failed", () => {
  expect(places(rank(scored(2, 1, 1, null, NaN, 1)))).toEqual([1, 2, 5, 0]);
  expect(places(promote(scored(null, 3, null, null), 2))).toEqual([1]);
  expect(promote(scored(null, null), 2)).toEqual([]);
});

it.each([
  [24, 20, 4, [1, 5, 20]],
  [24, 9, 3, [1, 3, 9]],
  [24, 9, 4, [1, 2, 9]],
  [4, 20, 4, [20]],
  [5, 20, 4, [5, 20]],
  [1000, 2, 2, [1, 2]],
  [24, 1, 4, [1]],
])(
  "of %i settings up to %i, one of %i, makes rungs",
  (count, last, reduction, rungs) => {
    expect(defaultRungs(count, { last, reduction })).toEqual(rungs);
  },
);
