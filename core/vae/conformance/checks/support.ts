/** The check `support`: draws lie where the prior says. @module */

import { plural } from "../../../lib/count.ts";
import type { Support } from "../../plugin/support.ts";
import { type Check, fail, figure, pass } from "../check.ts";
import { extremeRows } from "../extremes.ts";
import { describeRow, jointInstance } from "../subject.ts";
import { type Matrix, matrixOf, stackRows, toTensor } from "../tensors.ts";

const PRIOR_DRAWS = 50_000;
/** Rounding of a sum of a few numbers in single precision. */
const ROUNDING = 1e-5;

/** Draws of posteriors, extremes included, and of the prior are inside of the support. */
export const support: Check = {
  name: "support",
  title: "Draws inside the support",
  run(subject) {
    const instance = jointInstance(subject);
    const { support } = instance.prior;
    const rows = extremeRows(instance, subject.seed);
    const raw = stackRows(rows);
    const count = instance.draws(PRIOR_DRAWS);
    const fromPosterior = matrixOf(() =>
      instance.sample(toTensor(raw), instance.random("support"))
    );
    const fromPrior = matrixOf(() =>
      instance.priorSample(count, instance.random("support prior"))
    );
    const found = outside(support, fromPosterior);
    const [where, fault] = found === undefined
      ? ["the prior", outside(support, fromPrior)]
      : [`the posterior at ${describeRow(instance, rows[found.row]!)}`, found];
    if (fault !== undefined) {
      return fail(
        `a draw of ${where} is (${fault.latent}), outside of ${
          wordsFor(support)
        }`,
        "Declare the support that the sampler has, and mind that single precision rounds draws onto its ends and beyond",
      );
    }
    return pass(
      `${plural(rows.length, "posterior")} and ${count} draws of the prior in ${
        wordsFor(support)
      }`,
    );
  },
};

function outside(
  support: Support,
  { values, rows, columns }: Matrix,
): { readonly row: number; readonly latent: string } | undefined {
  for (let row = 0; row < rows; row++) {
    const latent = values.subarray(row * columns, (row + 1) * columns);
    if (contains(support, latent)) continue;
    return { row, latent: [...latent.subarray(0, 6)].map(figure).join(" ") };
  }
  return undefined;
}

function contains(support: Support, latent: Float32Array): boolean {
  switch (support.kind) {
    case "interval": {
      // As single precision has the bounds.
      const lower = Math.fround(support.lower);
      const upper = Math.fround(support.upper);
      return latent.every((z) =>
        Number.isFinite(z) && z >= lower && z <= upper
      );
    }
    case "simplex":
      return latent.every((z) => z >= 0) &&
        isNear(latent.reduce((sum, z) => sum + z, 0), 1);
    case "sphere":
      return isNear(Math.hypot(...latent), 1);
    case "circle":
      return latent.length % 2 === 0 &&
        latent.every((z, i) =>
          i % 2 === 1 || isNear(Math.hypot(z, latent[i + 1]!), 1)
        );
  }
}

function isNear(value: number, wanted: number): boolean {
  return Math.abs(value - wanted) <= ROUNDING;
}

function wordsFor(support: Support): string {
  return support.kind === "interval"
    ? `the interval from ${support.lower} to ${support.upper}`
    : `the ${support.kind}`;
}
