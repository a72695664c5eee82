// The priors of plugins/ against exact values: test/fixtures/priors, made by
// integration of the densities alone. On every engine.

import { readdirSync, readFileSync } from "node:fs";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/engine/random.ts";
import { startEngine } from "../../core/engine/start.ts";
import { tf } from "../../core/engine/tf.ts";
import type { Prior, PriorPlugin, Tensor, Tensor2D } from "../../core/mod.ts";
import * as plugins from "../../plugins/mod.ts";
import { ENGINES } from "../engine/backends.ts";
import { meanOf } from "../engine/statistics.ts";
import { emptyScope, klScope } from "../vae/model/fake_scope.ts";
import {
  type Case,
  expectClose,
  expectQuantiles,
  momentOf,
  rows,
  rowsOf,
  unitVectors,
  values,
} from "./_catalogue.ts";

/** The statistic of a latent vector that the quantiles are of; the first coordinate where none is here. */
const STATISTICS: Readonly<
  Record<string, (latent: readonly number[], direction: Direction) => number>
> = {
  gaussian: (z) => z.at(-1)!,
  logistic_normal: (z) => z[0]! / z.at(-1)!,
  von_mises: ([x, y], [c, s]) =>
    Math.atan2(y! * c! - x! * s!, x! * c! + y! * s!),
  von_mises_fisher: (z, direction) =>
    2 * Math.asin(Math.hypot(...z.map((x, i) => x - direction[i]!)) / 2),
};

type Direction = readonly number[];

const FOLDER = new URL("../fixtures/priors/", import.meta.url);
const NAMES = readdirSync(FOLDER).filter((file) => file.endsWith(".json"))
  .map((file) => file.replace(/\.json$/, ""));
const PLUGINS: readonly Pick<PriorPlugin, "definition">[] = Object.values(
  plugins,
);

/** Many where they are cheap. */
const DRAWS = { native: 10_000, wasm: 2_000, cpu: 500 };

describe.each(ENGINES)("catalogue on $title", ({ name: engine, missing }) => {
  beforeAll(async () => {
    if (!missing) await startEngine(engine, { threads: 1 });
  });

  describe.each(NAMES)("%s", (name) => {
    const cases = JSON.parse(
      readFileSync(new URL(`${name}.json`, FOLDER), "utf8"),
    ) as Case[];
    const { definition } = PLUGINS.find((one) => one.definition.name === name)!;
    const build = ({ options, latentDim }: Omit<Case, "posterior">): Prior =>
      definition.create(
        v.parse(definition.options, options),
        { latentDim, inputSize: 784 },
      );
    const random = (step: number) => createRandom({ seed: 17, step });
    const draws = DRAWS[engine];

    it.skipIf(missing)("has the exact KL", () => {
      for (const one of cases) {
        const [found] = values(() => {
          const prior = build(one);
          const posterior = rows(one.posterior, 1);
          const latent = prior.posteriorMean(posterior);
          return prior.klDivergence(posterior, klScope(latent, random(0)));
        });
        expectClose(found!, one.kl, {
          say: one,
          relative: 1e-5,
          absolute: one.klError,
        });
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
      const statistic = STATISTICS[name] ?? ((z) => z[0]!);
      cases.forEach((one, i) => {
        const { location } = one.options as { readonly location: number };
        const direction = one.posterior.direction ?? [];
        const ofPosterior = rowsOf(() =>
          build(one).sample(rows(one.posterior, draws), random(2 * i))
        ).map((z) => statistic(z, direction));
        expectQuantiles(ofPosterior, one.quantiles, one);
        const ofPrior = rowsOf(() =>
          build(one).priorSample(draws, random(2 * i + 1), emptyScope)
        ).map((z) =>
          statistic(
            z,
            name === "von_mises"
              ? [Math.cos(location), Math.sin(location)]
              : direction,
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
          const posterior = rows(one.posterior, draws);
          const gradients = tf.grads((...tensors: Tensor[]) => {
            const at = Object.fromEntries(
              names.map((key, k) => [
                key,
                key === "direction"
                  ? unitVectors(tensors[k]!, name)
                  : tensors[k] as Tensor2D,
              ]),
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
