/** The check `constrain`: from raw head outputs to parameters. @module */

import type { Parameter } from "../../plugin/prior.ts";
import { type Check, fail, pass } from "../check.ts";
import { EXTREMES } from "../extremes.ts";
import { jointInstance } from "../subject.ts";
import { gradientOf, type Matrix, matrixOf, toTensor } from "../tensors.ts";

const RAWS = [-100, ...EXTREMES, 100];

/** Each keeps its shape, and is finite with a finite gradient that is not 0 everywhere. */
export const constrain: Check = {
  name: "constrain",
  title: "Parameters are constrained",
  run(subject) {
    const heads = Object.entries(jointInstance(subject).prior.head);
    const faults = heads.flatMap(([name, parameter]) =>
      faultsOf(parameter).map((fault) => `head.${name}.constrain ${fault}`)
    );
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "Take positive(), softplus, unit or identity; a clip has no gradient beyond its ends, and exp overflows above 88",
      );
    }
    return pass(
      `${
        heads.map(([name]) => name).join(", ")
      }: finite with gradients for raw outputs from ${Math.min(...RAWS)} to ${
        Math.max(...RAWS)
      }`,
    );
  },
};

function faultsOf({ units, constrain }: Parameter): string[] {
  const raw: Matrix = {
    values: Float32Array.from(
      { length: RAWS.length * units },
      (_, i) => RAWS[Math.floor(i / units)]!,
    ),
    rows: RAWS.length,
    columns: units,
  };
  const given = matrixOf(() => constrain(toTensor(raw)));
  if (given.rows !== raw.rows || given.columns !== raw.columns) {
    return [`gives another shape than it gets`];
  }
  const gradient = gradientOf((input) => constrain(input), raw);
  const at = (place: number) => `at raw ${raw.values[place]}`;
  const value = given.values.findIndex((x) => !Number.isFinite(x));
  const slope = gradient.values.findIndex((x) => !Number.isFinite(x));
  return [
    ...(value < 0 ? [] : [`gives ${given.values[value]} ${at(value)}`]),
    ...(slope < 0
      ? []
      : [`has the gradient ${gradient.values[slope]} ${at(slope)}`]),
    ...(gradient.values.every((x) => x === 0)
      ? ["has no gradient: the encoder could not train"]
      : []),
  ];
}
