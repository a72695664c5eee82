/** The check `finite`: values and gradients from extreme to extreme. @module */

import { plural } from "../../../lib/count.ts";
import type { Tensor, Tensor2D } from "../../../engine/tf.ts";
import { type Check, fail, pass } from "../check.ts";
import { extremeRows } from "../extremes.ts";
import type { Instance } from "../instance.ts";
import { describeRow, jointInstance, type RawRow } from "../subject.ts";
import {
  type Matrix,
  matrixOf,
  stackRows,
  toTensor,
  valuesAndGradient,
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
    const faults = new Map([
      ...posteriorFaults(instance, rows),
      ...priorFaults(instance),
    ]);
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

type Site = readonly [
  what: string,
  /** Raw outputs that it is given: repeated, where draws have a part in it. */
  raw: Matrix,
  compute: (raw: Tensor2D) => Tensor,
];

function posteriorFaults(
  instance: Instance,
  rows: readonly RawRow[],
): Fault[] {
  const each = stackRows(rows);
  const drawn = stackRows(Array(ROUNDS).fill(rows).flat());
  const random = () => instance.random("finite");
  const { densities, prior } = instance;
  const latent = matrixOf(() => instance.sample(toTensor(drawn), random()));
  const functions: Site[] = [
    ["sample", drawn, (raw) => instance.sample(raw, random())],
    [
      "klDivergence",
      prior.divergence === "estimate" ? drawn : each,
      (raw) => instance.kl(raw, random()),
    ],
    ["posteriorMean", each, (raw) => instance.mean(raw)],
  ];
  if (densities !== undefined) {
    functions.push(
      [
        "densities.posterior",
        drawn,
        (raw) => densities.posterior(raw, toTensor(latent)),
      ],
      ["densities.prior", drawn, () => densities.prior(toTensor(latent))],
    );
  }
  return functions.flatMap(([what, raw, compute]): Fault[] => {
    const { values, gradient } = valuesAndGradient(compute, raw);
    const bad = firstBad({
      values,
      rows: raw.rows,
      columns: values.length / raw.rows,
    });
    const at = (row: number) =>
      `at ${describeRow(instance, rows[row % rows.length]!)}`;
    if (bad !== undefined) return [[what, `gives ${bad.value} ${at(bad.row)}`]];
    const slope = gradient && firstBad(gradient);
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
