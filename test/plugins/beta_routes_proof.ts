// The Beta's routes: every head with every sampler.

import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { betainc } from "../../core/math/mod.ts";
import type { Posterior, Prior, Tensor, Tensor2D } from "../../core/mod.ts";
import { createRandom } from "../../core/engine/random.ts";
import { tf } from "../../core/engine/tf.ts";
import { beta } from "../../plugins/mod.ts";
import { ENGINES, MANY_DRAWS, useBackend } from "../engine/backends.ts";
import { kolmogorovSmirnov, meanOf } from "../engine/statistics.ts";

const ROUTES = (["softplus", "moments"] as const).flatMap((head) =>
  (["implicit", "inverse-cdf"] as const).map((sampler) => ({ head, sampler }))
);

/** Concentrations of posteriors: spikes at both ends, uniform, narrow, skewed. */
const POSTERIORS = [[0.3, 0.2], [1, 1], [30, 5], [0.5, 40], [
  900,
  300,
]] as const;
const FLOOR = 1 / 30;

describe.each(ENGINES)("routes of the Beta on $title", ({ name, missing }) => {
  const count = MANY_DRAWS[name];
  beforeAll(() => missing ? undefined : useBackend(name));

  describe.skipIf(missing).each(ROUTES)("$head, $sampler", (route) => {
    const build = (): Prior => {
      const { definition, options } = beta(route);
      return definition.create(v.parse(definition.options, options), {
        latentDim: 1,
        inputSize: 784,
      });
    };

    it.each(POSTERIORS)("draws from Beta(%f, %f)", (alpha, beta) => {
      const levels = read(() => {
        const posterior = posteriorOf(route.head, { alpha, beta, count });
        const z = build().sample(
          posterior,
          createRandom({ seed: 5, step: 1 }),
        );
        return betainc(z, { a: alpha, b: beta });
      });
      // Draws stop 1e-7 before the ends: a place where Beta(0.3, 0.2) has mass.
      const inner = levels.filter((level) => level > 0.02 && level < 0.9);
      const rescaled = inner.map((level) => (level - 0.02) / 0.88);
      expect(kolmogorovSmirnov(rescaled, (level) => level)).toBeLessThan(2.4);
      const share = inner.length / levels.length;
      expect(Math.abs(share - 0.88)).toBeLessThan(
        5 * Math.sqrt(0.1 / levels.length),
      );
    });

    it.each(POSTERIORS)(
      "has the gradient of E[z + z^2] under Beta(%f, %f)",
      (alpha, beta) => {
        const parameters = posteriorOf(route.head, { alpha, beta, count });
        const names = Object.keys(parameters);
        const found = tf.tidy(() =>
          tf.grads((...tensors: Tensor[]) => {
            const z = build().sample(
              Object.fromEntries(
                names.map((name, i) => [name, tensors[i]!]),
              ) as Posterior,
              createRandom({ seed: 5, step: 2 }),
            );
            return tf.add(z, tf.square(z));
          })(Object.values(parameters)).map((gradient) =>
            Array.from(gradient.dataSync())
          ) as never
        ) as number[][];
        const exact = exactGradients(route.head, { alpha, beta });
        found.forEach((gradients, i) => {
          const { mean, error } = meanOf(gradients);
          expect(
            Math.abs(mean - exact[i]!),
            `${names[i]}: ${mean} against ${exact[i]}, +- ${error}`,
          ).toBeLessThan(5 * error + 1e-5 * Math.abs(exact[i]!));
        });
        tf.dispose(Object.values(parameters));
      },
    );

    it("keeps concentrations above their floors, whatever the network says", () => {
      const raws = [-300, -20, 0, 20, 300];
      // Each with each, a pair a row.
      const pairs = raws.flatMap((first) =>
        raws.map((second) => [first, second] as const)
      );
      const found = read(() => {
        const prior = build();
        const [a, b] = Object.entries(prior.head);
        const raw = (i: 0 | 1) => tf.tensor2d(pairs.map((pair) => [pair[i]]));
        const posterior = {
          [a![0]]: a![1].constrain(raw(0)),
          [b![0]]: b![1].constrain(raw(1)),
        };
        return tf.concat([
          prior.posteriorMean(posterior).flatten(),
          prior.klDivergence(posterior, undefined as never),
        ]);
      });
      pairs.forEach((pair, i) => {
        const [mean, kl] = [found[i], found[pairs.length + i]];
        expect(mean, `${pair}`).toBeGreaterThan(0);
        expect(mean, `${pair}`).toBeLessThan(1);
        expect(kl, `${pair}`).toBeGreaterThan(-1e-4);
        // A concentration at 1/30 and another at infinity: far from thousands.
        expect(kl, `${pair}`).toBeLessThan(200);
      });
    });
  });
});

it("names the parameters of its head, and itself, by its route", () => {
  const labels = ROUTES.map((route) => {
    const { definition, options } = beta({ ...route, beta: 2 });
    const parsed = v.parse(definition.options, options);
    const { head } = definition.create(parsed, { latentDim: 3, inputSize: 1 });
    return [definition.label!(parsed), ...Object.keys(head)];
  });
  expect(labels).toEqual([
    ["Beta(1,2)", "alpha", "beta"],
    ["Beta(1,2,inverse-cdf)", "alpha", "beta"],
    ["Beta(1,2,moments)", "mean", "dispersion"],
    ["Beta(1,2,moments,inverse-cdf)", "mean", "dispersion"],
  ]);
});

/** `count` rows of the posterior with these concentrations, by the names of a head. */
function posteriorOf(
  head: "softplus" | "moments",
  { alpha, beta, count }: {
    readonly alpha: number;
    readonly beta: number;
    readonly count: number;
  },
): Posterior {
  const rows = (x: number) => tf.fill([count, 1], x) as Tensor2D;
  if (head === "softplus") return { alpha: rows(alpha), beta: rows(beta) };
  const [mean, excess] = momentsOf(alpha, beta);
  return { mean: rows(mean), dispersion: rows(1 / (1 + excess)) };
}

/** The mean, and nu beyond its least value. */
function momentsOf(alpha: number, beta: number): [number, number] {
  const mean = alpha / (alpha + beta);
  return [mean, alpha + beta - FLOOR / mean - FLOOR / (1 - mean)];
}

/** Derivatives of E[z + z^2] = m + m (alpha + 1) / (alpha + beta + 1) in the head's parameters. */
function exactGradients(
  head: "softplus" | "moments",
  { alpha, beta }: { readonly alpha: number; readonly beta: number },
): number[] {
  const expectation = (a: number, b: number) =>
    a / (a + b) * (1 + (a + 1) / (a + b + 1));
  if (head === "softplus") {
    return differences((a, b) => expectation(a, b), [alpha, beta]);
  }
  const [mean, excess] = momentsOf(alpha, beta);
  return differences((m, dispersion) => {
    const nu = (1 - dispersion) / dispersion + FLOOR / m + FLOOR / (1 - m);
    return expectation(m * nu, (1 - m) * nu);
  }, [mean, 1 / (1 + excess)]);
}

/** Central differences in double: eight digits. */
function differences(
  f: (x: number, y: number) => number,
  [x, y]: readonly [number, number],
): number[] {
  const [dx, dy] = [x * 1e-5, y * 1e-5];
  return [
    (f(x + dx, y) - f(x - dx, y)) / (2 * dx),
    (f(x, y + dy) - f(x, y - dy)) / (2 * dy),
  ];
}

function read(compute: () => Tensor): Float32Array {
  const tensor = tf.tidy(compute);
  const data = (tensor.dataSync() as Float32Array).slice();
  tensor.dispose();
  return data;
}
