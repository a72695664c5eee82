/** The checks of a likelihood's distribution: `normalised`, `draws` and `mean`. @module */

import { type Check, compareAll, type Comparison, fail } from "../../check.ts";
import {
  columnEstimates,
  estimate,
  LARGEST_DISTANCE,
  SIGMAS,
} from "../../statistics.ts";
import { repeatRow, toTensor, valuesOf } from "../../tensors.ts";
import { describePixel, distanceFrom, pixelLaw } from "../one_pixel.ts";
import { strayValue } from "../pixel_values.ts";
import { type LikelihoodSubject, variedRaw } from "../subject.ts";

/** Of a sum of as many exponentials of single precision as an integral has nodes. */
const ROUNDING = 1e-3;
const DRAWS = 100_000;

/** exp(log p) over all values of a pixel sums or integrates to 1. */
export const normalised: Check<LikelihoodSubject> = {
  name: "normalised",
  title: "Sums to one",
  run(subject) {
    const instance = subject.build(1);
    const { pixels } = instance.likelihood;
    const rows = variedRaw(instance, { count: 24, seed: subject.seed });
    return compareAll(
      rows.map((row): Comparison => ({
        what: `${pixels === "unit" ? "the integral" : "the sum"} of p(x) at ${
          describePixel(instance, row)
        }`,
        found: pixelLaw(instance, row).total,
        wanted: 1,
        allowed: ROUNDING,
      })),
      {
        title: "over all values of a pixel",
        hint: pixels === "unit"
          ? "Add the normaliser; a density of all numbers, and not of [0, 1], says support: real"
          : "Add the normaliser: the masses of all values are 1 together",
        otherwise: "",
      },
    );
  },
};

/** Draws are of the form, and distributed as log p says. */
export const draws: Check<LikelihoodSubject> = {
  name: "draws",
  title: "Draws against log p",
  run(subject) {
    const instance = subject.build(2);
    const single = subject.build(1);
    const count = subject.draws(DRAWS);
    const comparisons: Comparison[] = [];
    for (
      const row of variedRaw(single, { count: 8, seed: subject.seed })
    ) {
      const where = describePixel(single, row);
      const both = row.flatMap((value) => [value, value]);
      const found = valuesOf(() =>
        instance.sample(
          toTensor(repeatRow(both, count)),
          instance.random(`draws ${where}`),
        )
      );
      const stray = strayValue(instance.likelihood, found);
      if (stray !== undefined) {
        return fail(
          `a draw at ${where} is ${stray}, which no pixel "${instance.likelihood.pixels}" is`,
          "Give what the form says: 0 and 1, numbers of the support, or k / 255",
        );
      }
      const [first, second] = [0, 1].map((column) =>
        found.filter((_, i) => i % 2 === column)
      ) as [Float32Array, Float32Array];
      comparisons.push({
        what: `the distance of draws from log p at ${where}`,
        found: distanceFrom(pixelLaw(single, row), first),
        wanted: 0,
        allowed: LARGEST_DISTANCE / Math.sqrt(count) + ROUNDING,
      }, correlation(first, second, where));
    }
    return compareAll(comparisons, {
      title: "distribution functions, and two pixels of an image",
      hint:
        "Draw from the distribution that logProb is of, each pixel from its own noise",
      otherwise: "",
    });
  },
};

/** `mean` is that of log p, and of the draws. */
export const mean: Check<LikelihoodSubject> = {
  name: "mean",
  title: "Mean",
  run(subject) {
    const instance = subject.build(1);
    const count = subject.draws(DRAWS);
    const rows = variedRaw(instance, { count: 12, seed: subject.seed });
    return compareAll(
      rows.flatMap((row): Comparison[] => {
        const where = describePixel(instance, row);
        const [found] = valuesOf(() =>
          instance.mean(toTensor(repeatRow(row, 1)))
        ) as unknown as [number];
        const drawn = estimate(valuesOf(() =>
          instance.sample(
            toTensor(repeatRow(row, count)),
            instance.random(`mean ${where}`),
          )
        ));
        return [{
          what: `the mean at ${where}`,
          found,
          wanted: pixelLaw(instance, row).mean,
          allowed: ROUNDING,
        }, {
          what: `the mean at ${where}, beside draws,`,
          found,
          wanted: drawn.mean,
          allowed: SIGMAS * drawn.error + ROUNDING,
        }];
      }),
      {
        title: "against log p and draws",
        hint: "mean is E[x] of p(x|z), not its mode or a parameter",
        otherwise: "",
      },
    );
  },
};

function correlation(
  first: Float32Array,
  second: Float32Array,
  where: string,
): Comparison {
  const centred = (values: Float32Array) => {
    const { mean } = columnEstimates(values, 1)[0]!;
    return Float64Array.from(values, (value) => value - mean);
  };
  const [a, b] = [centred(first), centred(second)];
  const dot = (x: Float64Array, y: Float64Array) =>
    x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  const scale = Math.sqrt(dot(a, a) * dot(b, b));
  return {
    what: `the correlation of two pixels at ${where}`,
    found: scale === 0 ? 0 : dot(a, b) / scale,
    wanted: 0,
    allowed: SIGMAS / Math.sqrt(first.length) + ROUNDING,
  };
}
