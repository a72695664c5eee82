// What goes wrong on the Beta's routes when they are written as they come to
// mind, and that ours do not: the figures of plugins/beta_routes.md.

import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/engine/random.ts";
import { type Tensor, type Tensor2D, tf } from "../../core/engine/tf.ts";
import { betainc, digamma, lgamma, ndtr } from "../../core/math/mod.ts";
import type { Posterior, Prior } from "../../core/mod.ts";
import { beta } from "../../plugins/mod.ts";
import { ENGINES, useBackend } from "../engine/backends.ts";

const DRAWS = 50_000;

describe.each(ENGINES)("naive routes on $title", ({ name, missing }) => {
  beforeAll(() => missing ? undefined : useBackend(name));

  describe.skipIf(missing)("heads", () => {
    it("ReLU gives a concentration of 0, and a KL that is no number", () => {
      const raw = column([-1, 2]);
      const alpha = tf.relu(raw);
      expect(read(naiveKl(alpha, column([2, 2])))[0]).not.toSatisfy(
        Number.isFinite,
      );
      const ours = build({});
      const posterior = {
        alpha: ours.head["alpha"]!.constrain(raw),
        beta: column([2, 2]),
      };
      expect(read(kl(ours, posterior))).toSatisfy(allFinite);
    });

    it("softmax makes them sum to 1: never nearer to Beta(1, 1) than 0.24 nats", () => {
      const share = Array.from({ length: 199 }, (_, i) => (i + 1) / 200);
      const rest = share.map((x) => 1 - x);
      const least = Math.min(...read(naiveKl(column(share), column(rest))));
      expect(least).toBeCloseTo(2 * Math.LN2 - Math.log(Math.PI), 4);
      const ours = build({});
      expect(read(kl(ours, { alpha: column([1]), beta: column([1]) }))[0])
        .toBeCloseTo(0, 6);
    });

    it("a variance by itself is larger than a mean allows: concentrations below 0", () => {
      const mean = column([0.1]);
      const variance = column([0.1]);
      const nu = tf.sub(
        tf.div(tf.mul(mean, tf.sub(1, mean)), variance),
        1,
      );
      const alpha = tf.mul(mean, nu) as Tensor2D;
      expect(read(alpha)[0]).toBeLessThan(0);
      const rest = tf.mul(tf.sub(1, mean), nu) as Tensor2D;
      // A number, and one that a minimiser likes: gamma functions have values there.
      expect(read(naiveKl(alpha, rest))[0]).toBeLessThan(-50);
      const ours = build({ head: "moments" });
      for (const raw of [-300, -20, 0, 20, 300]) {
        const posterior = Object.fromEntries(
          Object.entries(ours.head).map(([name, { constrain }]) =>
            [name, constrain(column([raw]))] as const
          ),
        );
        expect(read(kl(ours, posterior)), `raw ${raw}`).toSatisfy(allFinite);
      }
    });
  });

  describe.skipIf(missing)("samplers", () => {
    it("G1 / (G1 + G2) is 0 / 0 in a tenth of draws at small concentrations", () => {
      const rows = tf.fill([DRAWS, 1], 0.01) as Tensor2D;
      const random = createRandom({ seed: 3, step: 0 });
      const [first, second] = [
        tf.exp(random.logGamma(rows)),
        tf.exp(random.logGamma(rows)),
      ];
      const naive = read(tf.div(first, tf.add(first, second)));
      const share = naive.filter(Number.isNaN).length / DRAWS;
      expect(share).toBeGreaterThan(0.1);
      const ours = build({});
      const z = read(
        ours.sample(
          { alpha: rows, beta: rows },
          createRandom({
            seed: 3,
            step: 0,
          }),
        ),
      );
      expect(z).toSatisfy(allFinite);
    });

    it("draws of 0 and 1 have no log-density; ours keep off the ends", () => {
      const rows = tf.fill([DRAWS, 1], 0.05) as Tensor2D;
      const random = createRandom({ seed: 4, step: 0 });
      const naive = tf.sigmoid(
        tf.sub(random.logGamma(rows), random.logGamma(rows)),
      );
      const ends = read(naive).filter((z) => z === 0 || z === 1).length;
      expect(ends / DRAWS).toBeGreaterThan(0.1);
      const ours = build({});
      const posterior = { alpha: rows, beta: rows };
      const z = ours.sample(posterior, createRandom({ seed: 4, step: 0 }));
      expect(read(ours.densities!.posterior(posterior, z))).toSatisfy(
        allFinite,
      );
    });

    it("Phi(epsilon) is 1 from 5.5 on; the upper tail has all its digits", () => {
      expect(read(ndtr(column([5.6])))[0]).toBe(1);
      expect(read(ndtr(column([-5.6])))[0]! / 1.0717590e-8).toBeCloseTo(1, 5);
    });

    it("a root that is searched has a gradient of 0, silently", () => {
      const level = column([0.3]);
      const b = column([2]);
      const bisect = (a: Tensor) => {
        let [low, high] = [tf.zeros([1, 1]), tf.ones([1, 1])] as Tensor[];
        for (let i = 0; i < 20; i++) {
          const middle: Tensor = tf.div(tf.add(low!, high!), 2);
          const below = tf.less(betainc(middle, { a, b }), level);
          low = tf.where(below, middle, low!);
          high = tf.where(below, high!, middle);
        }
        return low!;
      };
      expect(read(tf.grad(bisect)(column([3])))[0]).toBeCloseTo(0, 30);
      const ours = build({ sampler: "inverse-cdf" });
      const slope = tf.grad((alpha: Tensor) =>
        ours.sample(
          { alpha: alpha as Tensor2D, beta: b },
          createRandom({ seed: 1, step: 0 }),
        )
      )(column([3]));
      expect(read(slope)[0]).toBeGreaterThan(0.01);
    });
  });

  it.skipIf(missing)(
    "the KL of narrow posteriors is wrong by tenths of a nat in single precision",
    () => {
      const sharp = column([1e5]);
      const exact = KL_OF_1E5;
      const naive = read(naiveKl(sharp, sharp))[0]!;
      expect(Math.abs(naive - exact)).toBeGreaterThan(0.05);
      const ours = read(kl(build({}), { alpha: sharp, beta: sharp }))[0]!;
      expect(Math.abs(ours - exact)).toBeLessThan(2e-2);
    },
  );
});

/** KL of Beta(1e5, 1e5) from Beta(1, 1); mpmath. */
const KL_OF_1E5 = 5.37724747;

function build(options: Parameters<typeof beta>[0]): Prior {
  const { definition, options: given } = beta(options);
  return definition.create(v.parse(definition.options, given), {
    latentDim: 1,
    inputSize: 784,
  });
}

function kl(prior: Prior, posterior: Posterior): Tensor {
  return prior.klDivergence(posterior, undefined as never);
}

/** KL(Beta(alpha, beta) || Beta(1, 1)) as it stands in books. */
function naiveKl(alpha: Tensor2D, beta: Tensor2D): Tensor {
  const sum = tf.add(alpha, beta) as Tensor2D;
  return tf.addN([
    tf.sub(lgamma(sum), tf.add(lgamma(alpha), lgamma(beta))),
    tf.mul(tf.sub(alpha, 1), digamma(alpha)),
    tf.mul(tf.sub(beta, 1), digamma(beta)),
    tf.mul(tf.sub(2, sum), digamma(sum)),
  ]);
}

function column(values: readonly number[]): Tensor2D {
  return tf.tensor2d([...values], [values.length, 1]);
}

function read(tensor: Tensor): number[] {
  return [...tensor.dataSync()];
}

function allFinite(values: readonly number[]): boolean {
  return values.every(Number.isFinite);
}
