/** Tables of configurations whose true means are known, compared again and again. @module */

import { compareAll } from "../../core/statistics/compare_all.ts";
import type { Sample } from "../../core/statistics/sample.ts";
import { normalStream } from "./_random.ts";

/** What a table is made of; deviations in nats. */
export interface Design {
  readonly name: string;
  /** Seeds of each configuration. */
  readonly seeds: readonly number[];
  readonly images: number;
  /** From seed to seed, of each configuration. */
  readonly seedDeviation: readonly number[];
  /** Of the image, as all configurations have it, such as digits that are hard. */
  readonly imageDeviation: number;
  /** Of image and configuration: the same for all seeds. */
  readonly differenceDeviation: number;
  /** Of image and seed. */
  readonly noise: number;
  /** True means; the first has the same as the second, and so on, by chance. */
  readonly means: readonly number[];
}

/** What became of so many tables. */
export interface Outcome {
  /** Share of the intervals of single differences that have the true one. */
  readonly coverage: number;
  /** Share of the tables in which equal means were told apart. */
  readonly errors: number;
  /** Share of true differences that were told. */
  readonly power: number;
}

/** Makes and compares tables. */
export async function tryTables(
  design: Design,
  { tables, seed }: { readonly tables: number; readonly seed: number },
): Promise<Outcome> {
  const { means } = design;
  const sum = { covered: 0, pairs: 0, wrong: 0, told: 0, different: 0 };
  for (let table = 0; table < tables; table++) {
    const standing = await compareAll(
      drawTable(design, normalStream(seed, table)),
      "high",
    );
    let isWrong = false;
    for (const { of: [a, b], interval, isTold } of standing?.pairs ?? []) {
      const truth = means[a]! - means[b]!;
      sum.pairs++;
      if (interval[0] <= truth && truth <= interval[1]) sum.covered++;
      if (truth === 0) isWrong ||= isTold;
      else {
        sum.different++;
        if (isTold) sum.told++;
      }
    }
    if (isWrong) sum.wrong++;
  }
  return {
    coverage: sum.covered / sum.pairs,
    errors: sum.wrong / tables,
    power: sum.told / sum.different,
  };
}

/** One table: y = mean + seed + image + image of the configuration + noise. */
function drawTable(design: Design, normal: () => number): Sample[] {
  const { seeds, images, seedDeviation, means } = design;
  const shared = draw(images, design.imageDeviation, normal);
  return means.map((mean, place) => {
    const own = draw(images, design.differenceDeviation, normal);
    const terms = Array.from({ length: seeds[place]! }, () => {
      const luck = mean + seedDeviation[place]! * normal();
      return shared.map((value, i) =>
        luck + value + own[i]! + design.noise * normal()
      );
    });
    const values = terms.map((one) =>
      one.reduce((sum, value) => sum + value, 0) / images
    );
    return { values, terms, errors: null };
  });
}

function draw(
  count: number,
  deviation: number,
  normal: () => number,
): Float64Array {
  return Float64Array.from({ length: count }, () => deviation * normal());
}
