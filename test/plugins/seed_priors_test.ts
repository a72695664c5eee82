import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import type { Posterior, Prior, Tensor1D, Tensor2D } from "../../core/mod.ts";
import { createRandom } from "../../core/engine/random.ts";
import { tf } from "../../core/engine/tf.ts";
import { ENGINES, MANY_DRAWS, useBackend } from "../engine/backends.ts";
import { kolmogorovSmirnov, meanOf } from "../engine/statistics.ts";
import { emptyScope, klScope } from "../vae/model/fake_scope.ts";
import { CASES } from "./_seed_priors.ts";

describe.each(ENGINES)("seed priors on $title", ({ name, missing }) => {
  const draws = MANY_DRAWS[name];
  beforeAll(() => missing ? undefined : useBackend(name));

  describe.each(CASES)("$title", (one) => {
    const build = (latentDim: number): Prior =>
      one.reference.definition.create(
        v.parse(one.reference.definition.options, one.reference.options),
        { latentDim, inputSize: 784 },
      );
    const random = (step: number) => createRandom({ seed: 11, step });

    it.skipIf(missing)(
      "keeps its shapes, for one image and one dimension too",
      () => {
        for (const [batch, latentDim] of [[1, 1], [3, 4]] as const) {
          const shapes = tf.tidy(() => {
            const prior = build(latentDim);
            const raw = tf.zeros([batch, latentDim]) as Tensor2D;
            const posterior = Object.fromEntries(
              Object.entries(prior.head).map((
                [key, { constrain }],
              ) => [key, constrain(raw)]),
            );
            const z = prior.sample(posterior, random(0));
            return {
              z: z.shape,
              kl: prior.klDivergence(posterior, klScope(z, random(2))).shape,
              mean: prior.posteriorMean(posterior).shape,
              drawn: prior.priorSample(5, random(1), emptyScope).shape,
              q: prior.densities!.posterior(posterior, z).shape,
              p: prior.densities!.prior(z, emptyScope).shape,
            } as unknown as Record<string, never>;
          });
          expect(shapes).toEqual({
            z: [batch, latentDim],
            kl: [batch],
            mean: [batch, latentDim],
            drawn: [5, latentDim],
            q: [batch],
            p: [batch],
          });
        }
      },
    );

    it.skipIf(missing)("has no divergence from itself", () => {
      const kl = values(() => divergence(build(3), constant(one.same, [2, 3])));
      for (const value of kl) expect(Math.abs(value)).toBeLessThan(3e-5);
    });

    it.skipIf(missing)("has the KL that its densities and samples give", () => {
      const count = Object.values(one.posterior)[0]!.length;
      for (let i = 0; i < count; i++) {
        const parameters = Object.fromEntries(
          Object.entries(one.posterior).map(([key, list]) => [key, list[i]!]),
        );
        const exact = values(() =>
          divergence(build(1), constant(parameters, [1, 1]))
        )[0]!;
        const logRatios = values(() => {
          const prior = build(1);
          const posterior = constant(parameters, [draws, 1]);
          const z = prior.sample(posterior, random(i));
          const { densities } = prior;
          return tf.sub(
            densities!.posterior(posterior, z),
            densities!.prior(z, emptyScope),
          ) as Tensor1D;
        });
        const { mean, error } = meanOf(logRatios);
        expect(exact).toBeGreaterThan(-3e-5);
        // Five standard errors: a false alarm in two million.
        expect(
          Math.abs(mean - exact),
          `posterior ${i}: ${mean} against ${exact}`,
        )
          .toBeLessThan(5 * error + 1e-4 * Math.abs(exact) + 3e-5);
      }
    });

    it.skipIf(missing)("draws from its prior (Kolmogorov and Smirnov)", () => {
      const levels = values(() =>
        one.cdf(build(1).priorSample(draws, random(7), emptyScope))
      );
      // The chance of more than 2.4: 2 exp(-2 2.4^2) = 2e-5.
      expect(kolmogorovSmirnov(levels, (level) => level)).toBeLessThan(2.4);
    });

    it.skipIf(missing)("leaves no tensors behind", () => {
      const step = () =>
        tf.tidy(() => {
          const posterior = constant(one.same, [4, 2]);
          tf.dispose(
            tf.grads((...tensors) => {
              const prior = build(2);
              const q = Object.fromEntries(
                Object.keys(posterior).map((key, i) => [key, tensors[i]!]),
              ) as Posterior;
              return tf.add(
                tf.sum(prior.sample(q, random(0))),
                tf.sum(divergence(prior, q)),
              );
            })(Object.values(posterior)),
          );
        });
      step();
      const before = tf.memory().numTensors;
      step();
      expect(tf.memory().numTensors).toBe(before);
    });

    it.skipIf(missing)(
      "has finite samples, KL and gradients from extreme to extreme",
      () => {
        const raws = [-30, -8, -1, 0, 1, 8, 30, 300];
        // Each with each, a pair a row.
        const pairs = raws.flatMap((raw) =>
          raws.map((other) => [raw, other] as const)
        );
        const column = (i: 0 | 1) =>
          tf.tile(tf.tensor2d(pairs.map((pair) => [pair[i]])), [1, 2]);
        const grads = tf.tidy(() =>
          tf.grads((...tensors) => {
            const prior = build(2);
            const posterior = Object.fromEntries(
              Object.entries(prior.head).map((
                [key, { constrain }],
                i,
              ) => [key, constrain(tensors[i] as Tensor2D)]),
            );
            const z = prior.sample(posterior, random(3));
            return tf.add(tf.sum(z), tf.sum(divergence(prior, posterior)));
          })([column(0), column(1)]).map((g) =>
            g.arraySync()
          ) as unknown as never
        ) as unknown as number[][][];
        const notFinite = grads.flatMap((rows) =>
          pairs.filter((_, i) => !rows[i]!.every(Number.isFinite))
        );
        expect(notFinite).toEqual([]);
      },
    );
  });
});

/** The KL of a prior whose closed form looks at the posterior alone. */
function divergence(prior: Prior, posterior: Posterior): Tensor1D {
  const random = createRandom({ seed: 11, step: 0 });
  return prior.klDivergence(
    posterior,
    klScope(prior.posteriorMean(posterior), random),
  );
}

function constant(
  parameters: Readonly<Record<string, number>>,
  shape: [number, number],
): Posterior {
  return Object.fromEntries(
    Object.entries(parameters).map((
      [key, value],
    ) => [key, tf.fill(shape, value) as Tensor2D]),
  );
}

function values(compute: () => Tensor1D | Tensor2D): Float32Array {
  const tensor = tf.tidy(compute);
  const data = (tensor.dataSync() as Float32Array).slice();
  tensor.dispose();
  return data;
}
