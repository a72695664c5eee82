/** The check `finite`: values and gradients from extreme to extreme. @module */

import { plural } from "../../../lib/count.ts";
import type { Tensor, Tensor2D } from "../../../engine/tf.ts";
import { type Check, fail, pass } from "../check.ts";
import { extremeRows } from "../extremes.ts";
import type { Instance } from "../instance.ts";
import { describeRow, jointInstance, type RawRow } from "../subject.ts";
import {
  gradientOf,
  type Matrix,
  matrixOf,
  stackRows,
  toTensor,
  valuesOf,
} from "../tensors.ts";

/** Independent draws of each posterior. */
const ROUNDS = 8;
const PRIOR_DRAWS = 20_000;

/** Nothing overflows, whatever a network puts out. */
export const finite: Check = {
  name: "finite",
  title: "Finite at extremes",
  run(subject) {
    const instance = jointInstance(subject);
    const rows = extremeRows(instance, subject.seed);
    const faults = new Map<string, string>();
    for (let round = 0; round < ROUNDS && faults.size === 0; round++) {
      for (const [what, words] of faultsOf(instance, rows, round)) {
        if (!faults.has(what)) faults.set(what, words);
      }
    }
    for (const [what, words] of priorFaults(instance)) faults.set(what, words);
    if (faults.size > 0) {
      return fail(
        [...faults].map(([what, words]) => `${what} ${words}`).join("; "),
        "Keep logarithms and quotients off 0 with a floor, and clip the argument of a branch that tf.where does not take",
      );
    }
    return pass(
      `values and gradients at ${
        plural(rows.length, "posterior")
      }, ${ROUNDS} draws each`,
    );
  },
};

type Fault = readonly [what: string, words: string];

function faultsOf(
  instance: Instance,
  rows: readonly RawRow[],
  round: number,
): Fault[] {
  const raw = stackRows(rows);
  const random = () => instance.random("finite", round);
  const { densities } = instance;
  const latent = matrixOf(() => instance.sample(toTensor(raw), random()));
  const functions: Record<string, (raw: Tensor2D) => Tensor> = {
    sample: (raw) => instance.sample(raw, random()),
    klDivergence: (raw) => instance.kl(raw, random()),
    posteriorMean: (raw) => instance.mean(raw),
  };
  if (densities !== undefined) {
    functions["densities.posterior"] = (raw) =>
      densities.posterior(raw, toTensor(latent));
    functions["densities.prior"] = () => densities.prior(toTensor(latent));
  }
  return Object.entries(functions).flatMap(([what, compute]): Fault[] => {
    const values = valuesOf(() => compute(toTensor(raw)));
    const bad = firstBad({
      values,
      rows: raw.rows,
      columns: values.length / raw.rows,
    });
    const at = (row: number) => `at ${describeRow(instance, rows[row]!)}`;
    if (bad !== undefined) return [[what, `gives ${bad.value} ${at(bad.row)}`]];
    const slope = firstBad(gradientOf(compute, raw));
    if (slope === undefined) return [];
    return [[what, `has the gradient ${slope.value} ${at(slope.row)}`]];
  });
}

function priorFaults(instance: Instance): Fault[] {
  const { densities } = instance;
  const draws = matrixOf(() =>
    instance.priorSample(PRIOR_DRAWS, instance.random("finite prior"))
  );
  const bad = firstBad(draws);
  if (bad !== undefined) return [["priorSample", `gives ${bad.value}`]];
  if (densities === undefined) return [];
  const values = valuesOf(() => densities.prior(toTensor(draws)));
  const log = firstBad({ values, rows: draws.rows, columns: 1 });
  if (log === undefined) return [];
  const start = log.row * draws.columns;
  const latent = draws.values.slice(start, start + draws.columns);
  return [[
    "densities.prior",
    `gives ${log.value} at a draw of the prior, (${latent.join(" ")})`,
  ]];
}

function firstBad(
  { values, columns }: Matrix,
): { readonly value: number; readonly row: number } | undefined {
  const place = values.findIndex((value) => !Number.isFinite(value));
  if (place < 0) return undefined;
  return { value: values[place]!, row: Math.floor(place / columns) };
}
