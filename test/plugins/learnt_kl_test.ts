// The KL of the priors of plugins/ that learn, and its gradients, against
// densities written anew in double precision.

import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/engine/random.ts";
import type { Weights } from "../../core/model/artifacts.ts";
import { type Posterior, type Tensor2D, tf } from "../../core/mod.ts";
import { ENGINES, useBackend } from "../engine/backends.ts";
import { meanOf } from "../engine/statistics.ts";
import { LEARNT_CASES } from "./learnt_cases.ts";
import { inDouble, logNormal } from "./reference_densities.ts";
import { tinyModel, tinyScope, valuesOf } from "./tiny_model.ts";

const SHAKE = 0.6;
/** Step of finite differences in double precision. */
const STEP = 1e-5;

const random = (step: number) => createRandom({ seed: 12, step });

describe.each(ENGINES)(
  "KL of priors that learn on $title",
  ({ name, missing }) => {
    beforeAll(() => missing ? undefined : useBackend(name));

    describe.each(LEARNT_CASES)("$title", ({ reference, density }) => {
      const model = tinyModel(reference, { latentDim: 2, shake: SHAKE });

      it.skipIf(missing)("estimates the KL without bias", () => {
        const count = 20_000;
        const [mean, scale] = [[0.7, -0.4], [0.5, 1.2]];
        const row = (x: readonly number[]) =>
          tf.tile(tf.tensor2d([[...x]]), [count, 1]);
        const posterior = () => ({ mean: row(mean), scale: row(scale) });
        const estimates = meanOf(valuesOf(() => {
          const q = posterior();
          const latent = model.prior.sample(q, random(1));
          return model.prior.klDivergence(q, {
            ...tinyScope(model),
            latent,
            random: random(2),
          });
        }));
        const latents = valuesOf(() =>
          model.prior.sample(posterior(), random(3))
        );
        const ratios = meanOf(Array.from({ length: count }, (_, i) => {
          const z = [latents[2 * i]!, latents[2 * i + 1]!];
          return logNormal(z, mean, scale) - density(z, model.weights);
        }));
        expect(Math.abs(estimates.mean - ratios.mean))
          .toBeLessThan(5 * Math.hypot(estimates.error, ratios.error));
      });

      it.skipIf(missing)(
        "differentiates its KL in what it learns, and in the posterior",
        () => {
          const noise = [[0.3, -1.1], [1.4, 0.2], [-0.6, 0.9]];
          const mean = [[0.5, -0.2], [-1, 0.4], [0.1, 1.2]];
          const scale = [[0.4, 1.1], [0.7, 0.3], [1.5, 0.9]];
          const wanted = (at: typeof model.weights, shift = 0, stretch = 0) => {
            const kl = noise.map((row, i) => {
              const s = scale[i]!.map((x) => x + stretch);
              const z = row.map((x, d) => mean[i]![d]! + shift + s[d]! * x);
              const entropy = s.reduce(
                (sum, x) => sum + Math.log(x) + (1 + Math.log(2 * Math.PI)) / 2,
                0,
              );
              return -entropy - density(z, at);
            });
            return kl.reduce((sum, x) => sum + x, 0);
          };
          const names = Object.keys(model.weights)
            .filter((name) => name.startsWith("prior/"));
          const gradients = tf.tidy(() =>
            tf.grads((...tensors) => {
              const q = {
                mean: tf.add(tf.tensor2d(mean), tensors[0]!) as Tensor2D,
                scale: tf.add(tf.tensor2d(scale), tensors[1]!) as Tensor2D,
              };
              const latent = tf.add(
                q.mean,
                tf.mul(q.scale, tf.tensor2d(noise)),
              );
              const scope = tinyScope(model);
              const learnt = Object.fromEntries(
                names.map((name, i) =>
                  [name.slice("prior/".length), tensors[i + 2]!] as const
                ),
              );
              return tf.sum(model.prior.klDivergence(q, {
                ...scope,
                learnt,
                latent: latent as Tensor2D,
                random: random(0),
              }));
            })([
              tf.scalar(0),
              tf.scalar(0),
              ...names.map((name) => {
                const { shape, data } = model.weights[name]!;
                return tf.tensor(data, [...shape]);
              }),
            ]).map((gradient) => [...gradient.dataSync()]) as unknown as never
          ) as unknown as number[][];
          const close = (found: number, plus: number, minus: number) =>
            expect(Math.abs(found - (plus - minus) / (2 * STEP)))
              .toBeLessThan(1e-4 + 1e-4 * Math.abs(found));
          close(
            gradients[0]![0]!,
            wanted(model.weights, STEP),
            wanted(model.weights, -STEP),
          );
          close(
            gradients[1]![0]!,
            wanted(model.weights, 0, STEP),
            wanted(model.weights, 0, -STEP),
          );
          names.forEach((name, i) => {
            const gradient = gradients[i + 2]!;
            expect(gradient.some((x) => Math.abs(x) > 1e-3), name).toBe(true);
            for (let place = 0; place < gradient.length; place += 5) {
              const moved = (by: number) => {
                const weights = inDouble(model.weights);
                weights[name]!.data[place]! += by;
                return wanted(weights as unknown as Weights);
              };
              close(gradient[place]!, moved(STEP), moved(-STEP));
            }
          });
        },
      );

      it.skipIf(missing)(
        "has finite KL and gradients from extreme to extreme",
        () => {
          for (const mean of [-300, -8, 0, 8, 300]) {
            for (const raw of [-300, -8, 0, 8, 300]) {
              const found = tf.tidy(() =>
                tf.grads((m, s) => {
                  const { head } = model.prior;
                  const q = {
                    mean: head["mean"]!.constrain(m as Tensor2D),
                    scale: head["scale"]!.constrain(s as Tensor2D),
                  } as Posterior;
                  const latent = model.prior.sample(q, random(3));
                  const scope = {
                    ...tinyScope(model),
                    latent,
                    random: random(4),
                  };
                  return tf.sum(model.prior.klDivergence(q, scope));
                })([tf.fill([2, 2], mean), tf.fill([2, 2], raw)])
                  .map((
                    gradient,
                  ) => [...gradient.dataSync()]) as unknown as never
              ) as unknown as number[][];
              for (const x of found.flat()) {
                expect(Number.isFinite(x)).toBe(true);
              }
            }
          }
        },
      );
    });
  },
);
