/** The check `rows`: each image is by itself. @module */

import type { Tensor, Tensor2D } from "../../../engine/tf.ts";
import { type Check, fail, pass } from "../check.ts";
import type { Instance } from "../instance.ts";
import { jointInstance, type RawRow, variedRows } from "../subject.ts";
import {
  type Matrix,
  matrixOf,
  stackRows,
  toTensor,
  valuesOf,
} from "../tensors.ts";

/** Far above rounding, far below any real influence. */
const TOLERANCE = 1e-4;

/** What comes out for an image does not depend on the others of its batch. */
export const rows: Check = {
  name: "rows",
  title: "Images do not mix",
  run(subject) {
    const instance = jointInstance(subject);
    const all = variedRows(instance, subject.seed);
    const faults = new Set<string>();
    for (const kept of [0, 1]) {
      // Row `kept` is the same in both batches, and all others change.
      const batch = all.slice(0, 4);
      const other = batch.map((row, i) => i === kept ? row : all.at(-1 - i)!);
      for (const what of mixing(instance, [batch, other], kept)) {
        faults.add(what);
      }
    }
    if (faults.size > 0) {
      return fail(
        `${
          [...faults].join(", ")
        }: the result for an image changes with the others of its batch`,
        "Sum and average over axis 1 alone, give noise the shape of the parameters, and do not branch on data",
      );
    }
    return pass("results for an image stay the same as the others change");
  },
};

function mixing(
  instance: Instance,
  batches: readonly [readonly RawRow[], readonly RawRow[]],
  kept: number,
): string[] {
  const random = () => instance.random("rows");
  const { densities } = instance;
  const raws = batches.map((batch) => stackRows(batch));
  const latents = raws.map((raw) =>
    matrixOf(() => instance.sample(toTensor(raw), random()))
  );
  const functions: Record<string, (raw: Tensor2D, latent: Matrix) => Tensor> = {
    sample: (raw) => instance.sample(raw, random()),
    klDivergence: (raw) => instance.kl(raw, random()),
    posteriorMean: (raw) => instance.mean(raw),
  };
  if (densities !== undefined) {
    functions["densities.posterior"] = (raw, latent) =>
      densities.posterior(raw, toTensor(latent));
    functions["densities.prior"] = (_, latent) =>
      densities.prior(toTensor(latent));
  }
  return Object.entries(functions)
    .filter(([, compute]) => {
      const [first, second] = raws.map((raw, i) => {
        const values = valuesOf(() => compute(toTensor(raw), latents[i]!));
        const width = values.length / raw.rows;
        return values.subarray(kept * width, (kept + 1) * width);
      }) as [Float32Array, Float32Array];
      return !first.every((value, i) => isNear(value, second[i]!));
    })
    .map(([what]) => what);
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * (1 + Math.abs(a));
}
