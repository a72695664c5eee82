/** Intervals against SciPy and statsmodels. @module */

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { compareAll, compareTwo } from "../../core/statistics/compare_all.ts";
import {
  type Distributions,
  loadDistributions,
} from "../../core/statistics/distributions.ts";
import { holm } from "../../core/statistics/holm.ts";
import { moreSeeds } from "../../core/statistics/more_seeds.ts";
import type { Sample } from "../../core/statistics/sample.ts";
import { DESIGNS } from "./_designs.ts";
import { tryTables } from "./_tables.ts";

const fixtures = JSON.parse(
  readFileSync(
    new URL("../fixtures/statistics/statistics.json", import.meta.url),
    "utf8",
  ),
);

const byImage = (terms: readonly number[][]): Sample => ({
  values: terms.map((one) => one.reduce((a, b) => a + b) / one.length),
  terms,
  errors: null,
});
const bySeed = (values: readonly number[]): Sample => ({
  values,
  terms: null,
  errors: null,
});

let student: Distributions;
beforeAll(async () => {
  student = await loadDistributions();
});

it("Student's t, far into its tails", () => {
  for (const { alpha, degrees, quantile, t, tail } of fixtures.student) {
    expect(student.quantile(alpha, degrees) / quantile).toBeCloseTo(1, 9);
    expect(student.tail(t, degrees) / tail).toBeCloseTo(1, 9);
  }
  expect(student.quantile(0.05, Infinity)).toBeCloseTo(1.959963984540054, 12);
  expect(student.tail(1.959963984540054, Infinity)).toBeCloseTo(0.05, 12);
});

describe("the interval of a difference", () => {
  const cases = [
    ["of one seed, by images", fixtures.paired, byImage],
    ["of seeds alone", fixtures.welch, bySeed],
    ...fixtures.crossed.map((fixture: unknown, i: number) => [
      `of seeds and images, ${i + 1}`,
      fixture,
      byImage,
    ]),
  ];
  it.each(cases)("%s", async (_, fixture, sample) => {
    const told = await compareTwo(sample(fixture.a), sample(fixture.b));
    for (const name of ["difference", "degrees", "probability"] as const) {
      expect(told?.[name], name).toBeCloseTo(fixture[name], 9);
    }
    expect(told?.interval[0]).toBeCloseTo(fixture.interval[0], 9);
    expect(told?.interval[1]).toBeCloseTo(fixture.interval[1], 9);
  });

  it("says what is in it", async () => {
    const [{ a, b }] = fixtures.crossed;
    const luck = await compareTwo(byImage(a), byImage(b));
    expect(luck).toMatchObject({ hasSeeds: true, images: "paired" });
    const one = await compareTwo(byImage(a.slice(0, 1)), byImage(b));
    expect(one).toMatchObject({ hasSeeds: false, images: "paired" });
    const alone = await compareTwo(bySeed([1, 2, 4]), bySeed([3, 4, 4]));
    expect(alone).toMatchObject({ hasSeeds: true, images: "none" });
    const other = { values: [3], terms: null, errors: [0.3] };
    const apart = await compareTwo({ ...other, errors: [0.4] }, other);
    expect(apart).toMatchObject({ hasSeeds: false, images: "independent" });
    expect(apart?.standardError).toBeCloseTo(0.5, 12);
  });

  it("is none where nothing tells the error, and a point of the same model twice", async () => {
    expect(await compareTwo(bySeed([1]), bySeed([2]))).toBeNull();
    expect(await compareTwo(bySeed([1, 1]), bySeed([2, 2]))).toBeNull();
    const same = byImage([[1, 2, 4]]);
    expect(await compareTwo(same, same)).toMatchObject({
      interval: [0, 0],
      probability: 1,
    });
  });
});

it("Holm's adjustment, with intervals that leave 0 out where it tells", () => {
  const { probabilities, adjusted } = fixtures.holm;
  const found = holm(probabilities, 0.05);
  found.forEach((one, i) => {
    expect(one.adjusted).toBeCloseTo(adjusted[i], 12);
    const leavesOut = probabilities[i] <= 0.05 / one.divisor;
    expect(leavesOut).toBe(one.adjusted <= 0.05);
  });
});

describe("a table", () => {
  it("has those together that cannot be told apart from the best", async () => {
    const around = (mean: number) =>
      bySeed([mean - 0.1, mean, mean + 0.1, mean + 0.02]);
    const standing = await compareAll(
      [around(5), around(5.05), around(1), around(9)],
      "low",
    );
    expect(standing).toMatchObject({ best: 2, leading: [2] });
    const high = await compareAll([around(5), around(5.05), around(1)], "high");
    expect(high).toMatchObject({ best: 1, leading: [0, 1] });
    for (const { wide: [low, top], isTold } of high!.pairs) {
      expect(low > 0 || top < 0).toBe(isTold);
    }
  });

  it("of nothing that is known of errors has no best", async () => {
    expect(await compareAll([bySeed([1]), bySeed([2])], "low")).toBeNull();
    expect(await compareAll([bySeed([1, 2])], "low")).toBeNull();
  });
});

it("so many more seeds tell a difference four times in five", async () => {
  // Two normal samples of deviation 1, 1 apart: 17 each, as every textbook has it.
  const values = [-0.5, 0.5].map((shift) => shift / Math.sqrt(0.5));
  const difference = await compareTwo(
    bySeed(values.map((value) => value)),
    bySeed(values.map((value) => value + 1)),
  );
  expect(2 + moreSeeds(difference!, 0.05, student)!).toBe(17);
  const hopeless = { ...difference!, difference: 1e-3 };
  expect(moreSeeds(hopeless, 0.05, student)).toBeNull();
  const one = { ...difference!, between: null };
  expect(moreSeeds(one, 0.05, student)).toBeNull();
});

it("intervals have the truth and tables are right as often as they say", async () => {
  const design = DESIGNS.find(({ name }) => name.startsWith("5 seeds, some"))!;
  const few = { ...design, images: 20 };
  const { coverage, errors } = await tryTables(few, { tables: 200, seed: 1 });
  // Three standard errors of 200 tables either way.
  expect(coverage).toBeGreaterThan(0.92);
  expect(coverage).toBeLessThan(0.99);
  expect(errors).toBeLessThan(0.1);
});
