import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../core/engine/random.ts";
import { tf } from "../../../core/engine/tf.ts";
import { klByDimension, marginalOf } from "../../../core/vae/model/marginal.ts";
import type { PriorReference, Tensor2D } from "../../../core/mod.ts";
import { gaussian, vonMises, vonMisesFisher } from "../../../plugins/mod.ts";
import { useBackend } from "../../engine/backends.ts";

beforeAll(() => useBackend("cpu"));

function marginal(
  { definition }: PriorReference,
  { latentDim, ...options }: Record<string, unknown> & { latentDim: number },
) {
  const built = { definition, options, latentDim, inputSize: 6 };
  const whole = definition.create(options, built);
  return { whole, one: marginalOf(whole, built) };
}

describe("the KL by dimension", () => {
  it("is the closed form of each coordinate", () => {
    const { one } = marginal(gaussian(), {
      mean: 1,
      variance: 2,
      covariance: "diagonal",
      latentDim: 3,
    });
    const mean = [[0, 1, 2], [-1, 0.5, 3]];
    const scale = [[1, Math.SQRT2, 0.1], [2, 0.3, 1]];
    const found = tf.tidy(() =>
      klByDimension(one!, {
        mean: tf.tensor2d(mean),
        scale: tf.tensor2d(scale),
      }, { latentDim: 3, random: createRandom({ seed: 1, step: 0 }) })
        .arraySync()
    );
    mean.forEach((row, i) =>
      row.forEach((m, d) => {
        const variance = scale[i]![d]! ** 2;
        const want = 0.5 *
          ((variance + (m - 1) ** 2) / 2 - 1 - Math.log(variance / 2));
        expect(found[i]![d]).toBeCloseTo(want, 5);
      })
    );
  });

  it("adds up to the whole where a coordinate is a pair", () => {
    const { whole, one } = marginal(vonMises(), {
      concentration: 2,
      location: 0.5,
      latentDim: 2,
    });
    tf.tidy(() => {
      const posterior = {
        direction: tf.tensor2d([[0.6, 0.8, -1, 0], [0, 1, 0.8, -0.6]]),
        concentration: tf.tensor2d([[3, 0.5], [20, 1]]),
      };
      const random = createRandom({ seed: 1, step: 0 });
      const parts = klByDimension(one!, posterior, { latentDim: 2, random });
      const kl = whole.klDivergence(posterior, {
        learnt: {},
        encode: () => posterior,
        latent: whole.sample(posterior, random) as Tensor2D,
        random,
      });
      const sums = tf.sum(parts, 1).dataSync();
      kl.dataSync().forEach((value, i) =>
        expect(sums[i]).toBeCloseTo(value, 5)
      );
      expect(parts.shape).toEqual([2, 2]);
    });
  });

  it("does not exist where coordinates hang together", () => {
    expect(marginal(vonMisesFisher(), { latentDim: 3 }).one).toBeNull();
    const full = { mean: 0, variance: 1, covariance: "full" };
    expect(marginal(gaussian(), { ...full, latentDim: 3 }).one).toBeNull();
  });
});
