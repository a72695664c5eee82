import { beforeAll, describe, expect, it } from "vitest";
import { type Tensor2D, tf } from "../../../core/engine/tf.ts";
import { fromAxes } from "../../../core/vae/latent/axes.ts";
import type { Exploration } from "../../../core/vae/latent/exploration.ts";
import { quantile } from "../../../core/vae/latent/quantiles.ts";
import type { NetworkReference, PriorReference } from "../../../core/mod.ts";
import {
  beta,
  dirichlet,
  gamma,
  gaussian,
  mixture,
  vamp,
  vonMises,
  vonMisesFisher,
} from "../../../plugins/mod.ts";
import { discretizedLogistic } from "../../../plugins/likelihoods/mod.ts";
import { mlp } from "../../../plugins/networks/mod.ts";
import { mlpMeans } from "../parts.ts";
import { useBackend } from "../../engine/backends.ts";
import { explore } from "./_explore.ts";
import type { FakeContextOptions } from "./fake_context.ts";

beforeAll(() => useBackend("cpu"));

/** An MLP whose decoder puts latent vectors through a function first. */
function withUnits(units: (latent: Tensor2D) => Tensor2D): NetworkReference {
  const { definition, options } = mlp({ hidden: [12] });
  return {
    kind: "network",
    options,
    definition: {
      ...definition,
      create: (options, image) => {
        const network = definition.create(options, image);
        return {
          ...network,
          decoder: (sizes) => {
            const decoder = network.decoder(sizes);
            return {
              ...decoder,
              apply: (weights, z) => decoder.apply(weights, units(z)),
            };
          },
        };
      },
    },
  };
}

/** A prior whose coordinates are one and the same. */
function tied(): PriorReference {
  const { definition } = gaussian();
  return {
    kind: "prior",
    options: {},
    definition: {
      ...definition,
      create: (options, context) => ({
        ...definition.create(options, context),
        priorSample: (count, random) =>
          tf.tile(random.normal([count, 1]), [1, 2]) as Tensor2D,
      }),
    },
  };
}

/** Whether a coordinate lies where the support wants it. */
function within({ support }: Exploration, latent: Float64Array): boolean {
  const close = (a: number, b: number) => Math.abs(a - b) < 1e-6;
  if (support.kind === "interval") {
    return latent.every((z) => z >= support.lower && z <= support.upper);
  }
  if (support.kind === "simplex") {
    return close(latent.reduce((sum, z) => sum + z, 0), 1) &&
      latent.every((z) => z >= 0);
  }
  if (support.kind === "sphere") return close(Math.hypot(...latent), 1);
  return latent.every((_, i) =>
    i % 2 === 1 || close(Math.hypot(latent[i]!, latent[i + 1]!), 1)
  );
}

describe.each([
  ["interval", gaussian()],
  ["bounded", beta({ alpha: 2, beta: 2 })],
  ["half line", gamma({ concentration: 3, rate: 2 })],
  ["simplex", dirichlet()],
  ["circle", vonMises()],
  ["sphere", vonMisesFisher()],
  ["mixture", mixture({ components: 3 })],
  ["encoded inputs", vamp({ components: 4 })],
])("explore on the %s", (_, prior) => {
  it("shows two dimensions from all sides, in finite numbers", async () => {
    const exploration = await explore(prior);
    const { manifold, marginals, means, order } = exploration;
    expect(order.toSorted()).toEqual([0, 1]);
    expect(manifold?.images.count).toBe(400);
    expect(exploration.traversals.images.count).toBe(22);
    expect(exploration.interpolations).toMatchObject({ pairs: 2 });
    expect(exploration.interpolations.images.count).toBe(22);
    expect(means.points).toHaveLength(120);
    for (
      const values of [
        manifold!.images.pixels,
        exploration.samples.pixels,
        exploration.interpolations.images.pixels,
        exploration.quantiles.values,
        marginals.posterior,
        marginals.prior,
        means.points,
      ]
    ) expect(values.every(Number.isFinite)).toBe(true);
    // Nearly all of either law lies within the bins.
    const bin = (marginals.ranges[1]! - marginals.ranges[0]!) / marginals.bins;
    for (const density of [marginals.prior, marginals.posterior]) {
      const mass = density.subarray(0, marginals.bins)
        .reduce((sum, value) => sum + value * bin, 0);
      expect(mass).toBeGreaterThan(0.95);
      expect(mass).toBeLessThan(1.01);
    }
  });

  it("stays within the support at all levels", async () => {
    const exploration = await explore(prior, { latentDim: 3 });
    const { quantiles, order } = exploration;
    for (const level of [0, 0.2, 0.5, 0.9, 1]) {
      const axes = Float64Array.from(
        order,
        (_, axis) => quantile(quantiles, axis, level),
      );
      expect(within(exploration, fromAxes(quantiles.geometry, axes)))
        .toBe(true);
    }
  });
});

it("explore decodes what the model's own decoder does", async () => {
  const { quantiles, manifold, decoder } = await explore(gaussian());
  // The top right corner: both axes at their highest level, 39/40.
  const corner = [0, 1].map((axis) => quantile(quantiles, axis, 39 / 40));
  const wanted = mlpMeans(decoder!, tf.tensor2d([corner]) as Tensor2D)
    .dataSync();
  const found = manifold!.images.pixels.subarray(19 * 16, 20 * 16);
  found.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 5));
  expect(decoder!.map(({ bias }) => bias.length)).toEqual([12, 16]);
});

it.each<[string, FakeContextOptions]>([
  ["other units, for all that its layers are called the same", {
    network: withUnits((z) => tf.softplus(z)),
  }],
  ["two parameters of a pixel", { likelihood: discretizedLogistic() }],
])("explore gives the page no decoder of %s", async (_, options) => {
  const { decoder, samples } = await explore(gaussian(), options);
  expect(decoder).toBeNull();
  expect(Math.max(...samples.pixels)).toBeGreaterThan(0);
});

it("explore has the exact density where axes are independent, else a histogram", async () => {
  const { marginals, dependence } = await explore(
    gaussian({ mean: 1, variance: 4 }),
  );
  expect(dependence.dependent).toBe(false);
  expect(marginals.exact).toBe(true);
  const [low, high] = marginals.ranges;
  const step = (high! - low!) / marginals.bins;
  for (let bin = 0; bin < marginals.bins; bin++) {
    const z = low! + (bin + 0.5) * step;
    const wanted = Math.exp(-((z - 1) ** 2) / 8) / Math.sqrt(8 * Math.PI);
    expect(Math.abs(marginals.prior[bin]! - wanted)).toBeLessThan(0.003);
  }
  expect((await explore(dirichlet())).marginals.exact).toBe(false);
});

it("explore tells of axes that depend on each other", async () => {
  const none = await explore(dirichlet(), { latentDim: 3 });
  expect(none.dependence.dependent).toBe(false);
  const { dependence, marginals } = await explore(tied());
  expect(dependence.dependent).toBe(true);
  expect(dependence.correlation).toBeCloseTo(1, 2);
  // Its density along one axis alone is another one.
  expect(marginals.exact).toBe(false);
});

it("explore works in one dimension", async () => {
  const exploration = await explore(gaussian(), { latentDim: 1 });
  expect(exploration.manifold).toBeNull();
  expect(exploration.means.explained).toBeNull();
  const points = exploration.means.points;
  expect(points.some((value, i) => i % 2 === 0 && value !== 0)).toBe(true);
  expect(exploration.dependence.correlation).toBe(0);
});
