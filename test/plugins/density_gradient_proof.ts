// Objectives that weigh draws differentiate log q(z|x) - log p(z) by way of z
// alone. On average that is the gradient of the KL, if the draws' gradient and the
// densities' gradients by z are right: also those of implicit draws, and of
// vectors that cannot move freely (simplex, sphere, circle).

import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { stopGradient } from "../../core/engine/ops/gradient_flow.ts";
import { type Tensor, type Tensor2D, tf } from "../../core/engine/tf.ts";
import {
  createInstance,
  type Instance,
} from "../../core/vae/conformance/instance.ts";
import { columnEstimates } from "../../core/vae/conformance/statistics.ts";
import { mildRows } from "../../core/vae/conformance/subject.ts";
import { gradientOf, repeatRow } from "../../core/vae/conformance/tensors.ts";
import * as plugins from "../../plugins/mod.ts";
import { nativeMissing, useBackend } from "../engine/backends.ts";

beforeAll(() => useBackend(nativeMissing() ? "wasm" : "native"));

const ROWS = 20_000;

const CASES = [
  ...Object.values({ ...plugins, vamp: () => plugins.vamp({ components: 5 }) })
    .map((plugin) => plugin()),
  plugins.gaussian({ covariance: "full" }),
  plugins.beta({ sampler: "inverse-cdf" }),
];

/** Means and errors of the gradient by each raw output. */
function slopesOf(
  compute: (instance: Instance, raw: Tensor2D) => Tensor,
  instance: Instance,
  row: readonly number[],
) {
  const { values } = gradientOf(
    (raw) => compute(instance, raw),
    repeatRow(row, ROWS),
  );
  return columnEstimates(values, instance.units);
}

describe("log q(z|x) - log p(z) at a draw", () => {
  it.each(CASES)("has the KL's mean gradient, $definition.name", ({
    definition,
    options,
  }) => {
    const instance = createInstance(definition, {
      options: v.parse(definition.options, options) as Record<string, unknown>,
      latentDim: 3,
      seed: 0,
    });
    for (const row of mildRows(instance, 0)) {
      const kl = slopesOf(
        (instance, raw) => instance.kl(raw, instance.random("kl")),
        instance,
        row,
      );
      const draws = slopesOf(
        ({ sample, random, densities }, raw) => {
          const latent = sample(raw, random("draws"));
          return tf.sub(
            densities!.posterior(stopGradient(raw), latent),
            densities!.prior(latent),
          );
        },
        instance,
        row,
      );
      draws.forEach(({ mean, error }, unit) => {
        const wanted = kl[unit]!;
        const allowed = 6 * Math.hypot(error, wanted.error) +
          2e-3 * (1 + Math.abs(wanted.mean));
        expect(
          Math.abs(mean - wanted.mean),
          `${unit}: ${mean} for ${wanted.mean}`,
        ).toBeLessThan(allowed);
        // And not by large errors.
        expect(error, String(unit)).toBeLessThan(0.2);
      });
    }
  });
});
