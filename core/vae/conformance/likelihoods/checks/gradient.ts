/** The check `gradient` of a likelihood: of log p, by its parameters and what it learns. @module */

import { type Tensor, type Tensor2D, tf } from "../../../../engine/tf.ts";
import type { Learnt } from "../../../plugin/learnt.ts";
import { type Check, compareAll, type Comparison } from "../../check.ts";
import { movesAlong } from "../../differences.ts";
import { tensorsOf } from "../../fixed_weights.ts";
import {
  gradientAt,
  gradientOf,
  repeatRow,
  stackRows,
  toTensor,
  valuesOf,
} from "../../tensors.ts";
import { someImages } from "../pixel_values.ts";
import {
  type LikelihoodSubject,
  type PixelInstance,
  variedRaw,
} from "../subject.ts";

const PIXELS = 3;
/** Where quotients of the two differ log p has a corner between: there is no slope to compare with. */
const STEPS = [0.05, 0.02];
/** Of difference quotients in single precision, relative to 1 or to the gradient. */
const ROUNDING = 5e-3;

/** Derivatives are those of log p; each parameter has an influence. */
export const gradient: Check<LikelihoodSubject> = {
  name: "gradient",
  title: "Gradient of log p",
  run(subject) {
    const instance = subject.build(PIXELS);
    const rows = variedRaw(instance, {
      count: 8,
      seed: subject.seed,
      largest: 2,
    });
    const comparisons = rows.flatMap((row, i) =>
      alongRow(instance, row, i).concat(alongLearnt(instance, row, i))
    );
    const idle = [
      ...instance.likelihood.parameters,
      ...Object.keys(instance.learnt),
    ].filter((name) =>
      comparisons.filter(({ what }) => what.includes(`by ${name}[`))
        .every(({ wanted }) => Math.abs(wanted) < ROUNDING)
    );
    return compareAll([
      ...comparisons,
      ...idle.map((name) => ({
        what: `the influence of ${name} on log p`,
        found: 0,
        wanted: 1,
        allowed: ROUNDING,
      })),
    ], {
      title: "against differences",
      hint:
        "Compute log p by operations of tf from the parameters as they are given; a parameter without influence is left out",
      otherwise: "",
    });
  },
};

function imageOf({ likelihood }: PixelInstance, seed: number): number[] {
  return [...someImages(likelihood, { count: PIXELS, seed: seed + 1 })];
}

function alongRow(
  instance: PixelInstance,
  row: readonly number[],
  seed: number,
): Comparison[] {
  const image = imageOf(instance, seed);
  const at = (raw: Tensor2D) =>
    instance.logProb(raw, toTensor(repeatRow(image, raw.shape[0])));
  const { values } = gradientOf(at, stackRows([row]));
  return row.flatMap((_, unit) =>
    compared(
      `the gradient by ${
        instance.likelihood.parameters[Math.floor(unit / PIXELS)]
      }[${unit % PIXELS}] at an image of ${image.map((x) => x.toFixed(2))}`,
      values[unit]!,
      quotients(row, unit, (rows) =>
        valuesOf(() =>
          at(toTensor(stackRows(rows)))
        )),
    )
  );
}

function alongLearnt(
  instance: PixelInstance,
  row: readonly number[],
  seed: number,
): Comparison[] {
  const image = imageOf(instance, seed);
  const at = (learnt: Learnt) =>
    instance.logProb(
      toTensor(repeatRow(row, 1)),
      toTensor(repeatRow(image, 1)),
      learnt,
    );
  return Object.entries(instance.learnt).flatMap(([name, { shape, data }]) => {
    const withValue = (value: Tensor) => ({
      ...tensorsOf(instance.learnt),
      [name]: value,
    });
    const slopes = valuesOf(() => {
      const value = tf.tensor(data, [...shape]);
      return gradientAt((moved) => at(withValue(moved)), value as Tensor2D) ??
        tf.zerosLike(value);
    });
    const logOf = (moved: readonly number[]) =>
      valuesOf(() => at(withValue(tf.tensor([...moved], [...shape]))))[0]!;
    return Array.from(
      data,
      (_, i) =>
        compared(
          `the gradient by ${name}[${i}]`,
          slopes[i]!,
          quotients([...data], i, (rows) => rows.map(logOf)),
        ),
    ).flat();
  });
}

/** Difference quotients of log p along number `unit` of `row`, of each step. */
function quotients(
  row: readonly number[],
  unit: number,
  logsAt: (rows: readonly (readonly number[])[]) => ArrayLike<number>,
): readonly number[] {
  return STEPS.map((step) => {
    const moves = movesAlong(row, unit, step);
    const logs = logsAt(moves.map(({ row }) => row));
    return moves.reduce((sum, { weight }, i) => sum + weight * logs[i]!, 0);
  });
}

function compared(
  what: string,
  found: number,
  [wanted, closer]: readonly number[],
): Comparison[] {
  const allowed = ROUNDING * (1 + Math.abs(wanted!));
  return Math.abs(wanted! - closer!) > allowed
    ? []
    : [{ what, found, wanted: wanted!, allowed }];
}
