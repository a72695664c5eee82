// The priors of plugins/ against exact values: test/fixtures/priors, made by
// integration of the densities alone. On every engine.

import { readdirSync, readFileSync } from "node:fs";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/engine/random.ts";
import { startEngine } from "../../core/engine/start.ts";
import { tf } from "../../core/engine/tf.ts";
import type {
  Posterior,
  Prior,
  PriorPlugin,
  Tensor,
  Tensor2D,
} from "../../core/mod.ts";
import * as plugins from "../../plugins/mod.ts";
import { ENGINES } from "../engine/backends.ts";
import { meanOf } from "../engine/statistics.ts";
import { emptyScope, klScope } from "../model/fake_scope.ts";

/** A case of a fixture; test/fixtures/priors/generate.py says what is what. */
interface Case {
  readonly options: Readonly<Record<string, number | string>>;
  readonly latentDim: number;
  readonly posterior: Parameters;
  readonly kl: number;
  readonly mean?: readonly number[];
  readonly moment?: "square" | "sine";
  readonly gradient?: Parameters;
  readonly points: readonly (readonly number[])[];
  readonly logPosterior: readonly number[];
  readonly logPrior: readonly number[];
  readonly quantiles: readonly number[];
  readonly priorQuantiles: readonly number[];
}

/** A number a unit, by parameter. */
type Parameters = Readonly<Record<string, readonly number[]>>;

/** The statistic of a latent vector that the quantiles are of: `[N, S]` to `[N]`. */
const STATISTICS: Readonly<Record<string, (latent: Tensor2D) => Tensor>> = {
  gaussian: (z) => column(z, z.shape[1] - 1),
  logistic_normal: (z) => tf.div(column(z, 0), column(z, z.shape[1] - 1)),
};

const FOLDER = new URL("../fixtures/priors/", import.meta.url);
const NAMES = readdirSync(FOLDER).filter((file) => file.endsWith(".json"))
  .map((file) => file.replace(/\.json$/, ""));
const DEFINITIONS = Object.values<Pick<PriorPlugin, "definition">>(plugins)
  .map(({ definition }) => definition);

/** What is tried from extreme to extreme: every prior, and options that change the formulas. */
const VARIANTS = [
  ...DEFINITIONS.map(({ name }) => ({ name, options: {} })),
  { name: "gaussian", options: { covariance: "full" } },
  { name: "kumaraswamy", options: { a: 2, b: 5 } },
  { name: "kumaraswamy", options: { prior: "beta", a: 0.5, b: 0.3 } },
  { name: "student_t", options: { degreesOfFreedom: 2 } },
  { name: "weibull", options: { prior: "gamma", concentration: 0.3 } },
];

const RAWS = [-30, -8, -1, 0, 1, 8, 30];

const DRAWS = 10_000;

describe.each(ENGINES)("catalogue on $title", ({ name: engine, missing }) => {
  beforeAll(async () => {
    if (!missing) await startEngine(engine);
  });

  describe.each(NAMES)("%s", (name) => {
    const cases = JSON.parse(
      readFileSync(new URL(`${name}.json`, FOLDER), "utf8"),
    ) as Case[];
    const definition = definitionOf(name);
    const build = ({ options, latentDim }: Omit<Case, "posterior">): Prior =>
      definition.create(
        v.parse(definition.options, options),
        { latentDim, inputSize: 784 },
      );
    const random = (step: number) => createRandom({ seed: 17, step });

    it.skipIf(missing)("has the exact KL", () => {
      for (const one of cases) {
        const [found] = values(() => {
          const prior = build(one);
          const posterior = rows(one.posterior, 1);
          const latent = prior.posteriorMean(posterior);
          return prior.klDivergence(posterior, klScope(latent, random(0)));
        });
        expectClose(found!, one.kl, { say: one, relative: 1e-5 });
      }
    });

    it.skipIf(missing)("has the exact log-densities", () => {
      for (const one of cases) {
        const { points } = one;
        const found = values(() => {
          const { densities } = build(one);
          const latent = tf.tensor2d(points as number[][]);
          const posterior = rows(one.posterior, points.length);
          return tf.stack([
            densities!.posterior(posterior, latent),
            densities!.prior(latent, emptyScope),
          ]);
        });
        [...one.logPosterior, ...one.logPrior].forEach((exact, i) =>
          expectClose(found[i]!, exact, { say: one, relative: 1e-5 })
        );
      }
    });

    it.skipIf(missing)("has the exact mean", () => {
      for (const one of cases) {
        const { mean } = one;
        if (mean === undefined) continue;
        const found = values(() =>
          build(one).posteriorMean(rows(one.posterior, 1))
        );
        expect(found).toHaveLength(mean.length);
        mean.forEach((exact, i) =>
          expectClose(found[i]!, exact, { say: one, relative: 2e-5 })
        );
      }
    });

    it.skipIf(missing)("draws from its posterior and its prior", () => {
      const statistic = STATISTICS[name] ?? ((z: Tensor2D) => column(z, 0));
      cases.forEach((one, i) => {
        const ofPosterior = values(() =>
          statistic(
            build(one).sample(rows(one.posterior, DRAWS), random(2 * i)),
          )
        );
        expectQuantiles(ofPosterior, one.quantiles, one);
        const ofPrior = values(() =>
          statistic(
            build(one).priorSample(DRAWS, random(2 * i + 1), emptyScope),
          )
        );
        expectQuantiles(ofPrior, one.priorQuantiles, one);
      });
    });

    it.skipIf(missing)("differentiates its draws", () => {
      cases.forEach((one, i) => {
        const { gradient, moment = "square" } = one;
        if (gradient === undefined) return;
        const names = Object.keys(one.posterior);
        const found = tf.tidy(() => {
          const posterior = rows(one.posterior, DRAWS);
          const gradients = tf.grads((...tensors: Tensor[]) => {
            const at = Object.fromEntries(
              names.map((key, k) => [key, tensors[k] as Tensor2D]),
            );
            return tf.sum(momentOf(build(one).sample(at, random(i)), moment));
          })(names.map((key) => posterior[key]!));
          return gradients.map((g) => g.arraySync()) as unknown as never;
        }) as unknown as number[][][];
        names.forEach((key, k) =>
          gradient[key]!.forEach((exact, unit) => {
            const { mean, error } = meanOf(
              found[k]!.map((row) => row[unit]!),
            );
            // Five standard errors: a false alarm in two million.
            expect(
              Math.abs(mean - exact),
              `d ${key}[${unit}]: ${mean} +- ${error}, not ${exact}, of ${
                JSON.stringify(one)
              }`,
            ).toBeLessThan(5 * error + 1e-4 * Math.abs(exact) + 1e-6);
          })
        );
      });
    });
  });
});

describe.each(ENGINES)("extremes on $title", ({ name: engine, missing }) => {
  beforeAll(async () => {
    if (!missing) await startEngine(engine);
  });

  it.skipIf(missing).each(VARIANTS)(
    "$name $options is finite, and so are its gradients",
    ({ name, options }) => {
      const definition = definitionOf(name);
      const prior = definition.create(v.parse(definition.options, options), {
        latentDim: 2,
        inputSize: 784,
      });
      // Every pair: the first of the raw parameters, and the others.
      const pairs = RAWS.flatMap((raw) => RAWS.map((other) => [raw, other]));
      const found = values(() => {
        const raws = Object.values(prior.head).map(({ units }, i) =>
          tf.tensor2d(
            pairs.map((pair) => new Array<number>(units).fill(pair[i && 1]!)),
          )
        );
        const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) =>
          everything(prior, tensors as Tensor2D[])
        )(raws);
        return tf.concat([tf.expandDims(value, 1), ...grads], 1);
      });
      const width = found.length / pairs.length;
      pairs.forEach((pair, row) => {
        const results = found.subarray(row * width, (row + 1) * width);
        expect(
          results.every(Number.isFinite),
          `of raw ${pair}: ${results}`,
        ).toBe(true);
      });
    },
  );
});

function definitionOf(name: string) {
  return DEFINITIONS.find((definition) => definition.name === name)!;
}

/** Draw, KL, densities and mean at what `constrain` makes of `raws`: `[B]`. */
function everything(prior: Prior, raws: readonly Tensor2D[]): Tensor {
  const posterior = Object.fromEntries(
    Object.entries(prior.head).map(([key, { constrain }], i) => [
      key,
      constrain(raws[i]!),
    ]),
  );
  const random = createRandom({ seed: 3, step: 0 });
  const z = prior.sample(posterior, random);
  return tf.addN([
    tf.sum(z, 1),
    prior.klDivergence(posterior, klScope(z, random)),
    prior.densities!.posterior(posterior, z),
    prior.densities!.prior(z, emptyScope),
    tf.sum(prior.posteriorMean(posterior), 1),
  ]);
}

/** E f(s) of s = z_1 + 2 z_2 + ..., a term a row: `[N]`. */
function momentOf(latent: Tensor2D, moment: "square" | "sine"): Tensor {
  const weights = Array.from({ length: latent.shape[1] }, (_, i) => i + 1);
  const s = tf.sum(tf.mul(latent, weights), 1);
  return moment === "sine" ? tf.sin(s) : tf.add(s, tf.square(s));
}

/** The same parameters in `count` rows. */
function rows(parameters: Parameters, count: number): Posterior {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, row]) => [
      key,
      tf.tile(tf.tensor2d([row as number[]]), [count, 1]),
    ]),
  );
}

function column(latent: Tensor2D, i: number): Tensor {
  return tf.reshape(tf.slice(latent, [0, i], [-1, 1]), [-1]);
}

function values(compute: () => Tensor): Float32Array {
  const tensor = tf.tidy(compute);
  const data = (tensor.dataSync() as Float32Array).slice();
  tensor.dispose();
  return data;
}

function expectClose(
  found: number,
  exact: number,
  { say, relative }: { readonly say: unknown; readonly relative: number },
): void {
  expect(
    Math.abs(found - exact),
    `${found}, not ${exact}, of ${JSON.stringify(say)}`,
  ).toBeLessThan(relative * Math.abs(exact) + 1e-5);
}

/** Chi-squared of the draws between the quantiles of 5%, 10% ... 95%. */
function expectQuantiles(
  draws: Float32Array,
  quantiles: readonly number[],
  say: unknown,
): void {
  const counts = new Array<number>(quantiles.length + 1).fill(0);
  for (const draw of draws) {
    const bin = quantiles.findIndex((quantile) => draw < quantile);
    counts[bin < 0 ? quantiles.length : bin]!++;
  }
  const expected = draws.length / counts.length;
  const chiSquared = counts.reduce(
    (sum, count) => sum + (count - expected) ** 2 / expected,
    0,
  );
  // 19 degrees of freedom: above 60 four times in a million.
  expect(chiSquared, `${counts} of ${JSON.stringify(say)}`).toBeLessThan(60);
}
