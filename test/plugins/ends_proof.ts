/**
 * Draws that lie beyond single precision are held at the ends of the support:
 * there a density gives the logarithm of their share, and log q - log p is that
 * of what was drawn.
 *
 * @module
 */

import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/engine/random.ts";
import {
  type Prior,
  type PriorReference,
  type Tensor2D,
  tf,
  v,
} from "../../core/mod.ts";
import {
  beta,
  dirichlet,
  gamma,
  kumaraswamy,
  weibull,
} from "../../plugins/mod.ts";
import { ENGINES, MANY_DRAWS, useBackend } from "../engine/backends.ts";
import { meanOf } from "../engine/statistics.ts";
import { emptyScope, klScope } from "../vae/model/fake_scope.ts";

interface Case {
  readonly title: string;
  readonly reference: PriorReference;
  /** Of a posterior, some of whose draws lie beyond each end that is named. */
  readonly posterior: Readonly<Record<string, number | readonly number[]>>;
  /** Of the first coordinate. */
  readonly ends: readonly ("lower" | "upper")[];
}

const CASES: readonly Case[] = [
  {
    title: "Beta(0.02,0.03)",
    reference: beta({ alpha: 0.02, beta: 0.03 }),
    posterior: { alpha: 0.03, beta: 0.02 },
    ends: ["lower", "upper"],
  },
  {
    title: "Beta(0.02,0.03), moments",
    reference: beta({ alpha: 0.02, beta: 0.03, head: "moments" }),
    posterior: { mean: 0.4, dispersion: 0.96 },
    ends: ["lower", "upper"],
  },
  {
    title: "Gamma(0.01,0.1)",
    reference: gamma({ concentration: 0.01, rate: 0.1 }),
    posterior: { concentration: 0.02, rate: 0.5 },
    ends: ["lower"],
  },
  {
    title: "Dirichlet(0.01)",
    reference: dirichlet({ concentration: 0.01 }),
    posterior: { concentration: [0.02, 0.01] },
    ends: ["lower"],
  },
  {
    title: "Kumaraswamy(0.02,0.03)",
    reference: kumaraswamy({ a: 0.02, b: 0.03 }),
    posterior: { a: 0.01, b: 0.06 },
    ends: ["lower", "upper"],
  },
  {
    title: "Kumaraswamy to Beta(0.02,0.03)",
    reference: kumaraswamy({ prior: "beta", a: 0.02, b: 0.03 }),
    posterior: { a: 0.01, b: 0.06 },
    ends: ["lower", "upper"],
  },
  {
    title: "Weibull(0.2,3)",
    reference: weibull({ concentration: 0.2, scale: 3 }),
    posterior: { concentration: 0.015, scale: 2 },
    ends: ["lower", "upper"],
  },
  {
    title: "Weibull to Gamma(0.2,1/3)",
    reference: weibull({ prior: "gamma", concentration: 0.2, scale: 3 }),
    posterior: { concentration: 0.015, scale: 2 },
    ends: ["lower"],
  },
];

/** Most of the coordinates of a sparse posterior are held. */
const WIDE = 50;

describe.each(ENGINES)("ends on $title", ({ name, missing }) => {
  beforeAll(() => missing ? undefined : useBackend(name));
  const count = MANY_DRAWS[name];

  describe.skipIf(missing).each(CASES)("$title", (one) => {
    it.each(one.ends)("has the share of what is held at its %s end", (end) => {
      const { latent, logQ, logP } = drawn(one, count);
      const ends = { lower: Math.min(...latent), upper: Math.max(...latent) };
      const isHeld = [...latent].map((z) => z === ends[end]);
      const at = isHeld.indexOf(true);
      const share = meanOf(isHeld.map(Number));
      expect(share.mean).toBeGreaterThan(0.02);
      expect(Math.abs(share.mean - Math.exp(logQ[at]!)))
        .toBeLessThan(5 * share.error + 1e-4);
      // And under the prior.
      const prior = valuesOf(() =>
        first(build(one, 1).priorSample(count, random(2), emptyScope))
      );
      const ofPrior = meanOf([...prior].map((z) => Number(z === ends[end])));
      expect(Math.abs(ofPrior.mean - Math.exp(logP[at]!)))
        .toBeLessThan(5 * ofPrior.error + 1e-4);
    });

    it("has ratios of the densities with the mean 1", () => {
      const { logQ, logP } = drawn(one, count);
      const weights = meanOf(
        [...logQ].map((log, i) => Math.exp(logP[i]! - log)),
      );
      expect(Math.abs(weights.mean - 1)).toBeLessThan(5 * weights.error + 1e-3);
    });

    it(`has a KL in ${WIDE} dimensions that draws do not exceed`, () => {
      const { logQ, logP, kl } = drawn(one, count / 10, WIDE);
      const ratio = meanOf([...logQ].map((log, i) => log - logP[i]!));
      // What is held together can be told apart no more: less, and by how much
      // is for the posterior to say.
      expect(ratio.mean).toBeLessThan(kl * (1 + 2e-3) + 5 * ratio.error);
      expect(ratio.mean).toBeGreaterThan(0);
    });
  });
});

const random = (step: number) => createRandom({ seed: 5, step });

function build({ reference }: Case, latentDim: number): Prior {
  const { definition, options } = reference;
  return definition.create(v.parse(definition.options, options), {
    latentDim,
    inputSize: 784,
  });
}

/** Draws of the posterior in some dimensions, and what the densities say of them. */
function drawn(one: Case, count: number, dim = 1) {
  const prior = build(one, dim);
  const posterior = Object.fromEntries(
    Object.entries(one.posterior).map(([name, value]) => {
      const units = prior.head[name]!.units;
      const row = Array.from(
        { length: units },
        (_, i) => typeof value === "number" ? value : value[i % value.length]!,
      );
      return [name, tf.tile(tf.tensor2d([row]), [count, 1]) as Tensor2D];
    }),
  );
  const latent = prior.sample(posterior, random(1));
  const kl = prior.klDivergence(posterior, klScope(latent, random(3)));
  return {
    latent: valuesOf(() => first(latent)),
    logQ: valuesOf(() => prior.densities!.posterior(posterior, latent)),
    logP: valuesOf(() => prior.densities!.prior(latent, emptyScope)),
    kl: valuesOf(() => kl)[0]!,
  };
}

/** The first coordinate. */
function first(latent: Tensor2D) {
  return tf.slice(latent, [0, 0], [-1, 1]);
}

function valuesOf(compute: () => { dataSync(): ArrayLike<number> }) {
  return Float64Array.from(compute().dataSync());
}
