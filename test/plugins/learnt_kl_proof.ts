// The KL of the priors of plugins/ that learn, and its gradients, against
// densities written anew in double precision.

import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/engine/random.ts";
import type { Weights } from "../../core/vae/model/artifacts.ts";
import { type Posterior, type Tensor2D, tf } from "../../core/mod.ts";
import { ENGINES, MANY_DRAWS, useBackend } from "../engine/backends.ts";
import { meanOf } from "../engine/statistics.ts";
import { LEARNT_CASES } from "./learnt_cases.ts";
import {
  inDouble,
  logNormal,
  type ReferenceDensity,
} from "./reference_densities.ts";
import {
  type TinyModel,
  tinyModel,
  tinyScope,
  valuesOf,
} from "./tiny_model.ts";

const SHAKE = 0.6;
/** Step of finite differences in double precision. */
const STEP = 1e-5;
/** Of a parameter's places every fifth is tried. */
const STRIDE = 5;

const random = (step: number) => createRandom({ seed: 12, step });

describe.each(ENGINES)(
  "KL of priors that learn on $title",
  ({ name, missing }) => {
    beforeAll(() => missing ? undefined : useBackend(name));

    describe.each(LEARNT_CASES)("$title", ({ reference, density }) => {
      const model = tinyModel(reference, { latentDim: 2, shake: SHAKE });

      it.skipIf(missing)("estimates the KL without bias", () => {
        const count = MANY_DRAWS[name];
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

      it.skipIf(missing)("differentiates it in all that it depends on", () => {
        const at: Point = { ...inDouble(model.weights), ...inDouble(POINT) };
        const names = Object.keys(at).filter((name) =>
          name in POINT || name.startsWith("prior/")
        );
        const gradients = klGradients(model, names);
        for (const name of names) {
          const gradient = gradients[name]!;
          expect(gradient.some((x) => Math.abs(x) > 1e-3), name).toBe(true);
          for (let place = 0; place < gradient.length; place += STRIDE) {
            const moved = (by: number) => {
              const data = at[name]!.data.slice();
              data[place]! += by;
              return sumOfKl(
                { ...at, [name]: { ...at[name]!, data } },
                density,
              );
            };
            const slope = (moved(STEP) - moved(-STEP)) / (2 * STEP);
            expect(Math.abs(gradient[place]! - slope), `${name}, ${place}`)
              .toBeLessThan(1e-4 + 1e-4 * Math.abs(slope));
          }
        }
      });

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

/** Weights, and what stands in {@link POINT}, in double precision. */
type Point = ReturnType<typeof inDouble>;

/** Three posteriors in two dimensions, and the noise of their draws. */
const POINT = {
  mean: matrix([[0.5, -0.2], [-1, 0.4], [0.1, 1.2]]),
  scale: matrix([[0.4, 1.1], [0.7, 0.3], [1.5, 0.9]]),
};
const NOISE = matrix([[0.3, -1.1], [1.4, 0.2], [-0.6, 0.9]]);

/** The estimates at these draws, by the book. */
function sumOfKl(at: Point, density: ReferenceDensity): number {
  let sum = 0;
  for (let row = 0; row < 3; row++) {
    const [mean, scale, noise] = [at["mean"]!, at["scale"]!, NOISE].map((
      { data },
    ) => [...data.subarray(2 * row, 2 * row + 2)]) as [
      number[],
      number[],
      number[],
    ];
    const entropy = scale.reduce(
      (sum, s) => sum + Math.log(s) + (1 + Math.log(2 * Math.PI)) / 2,
      0,
    );
    const z = mean.map((m, d) => m + scale[d]! * noise[d]!);
    sum -= entropy + density(z, at);
  }
  return sum;
}

/** Gradients of the same by the prior's own functions. */
function klGradients(
  model: TinyModel,
  names: readonly string[],
): Record<string, number[]> {
  const start: Weights = { ...model.weights, ...POINT };
  const tensor = ({ shape, data }: Weights[string]) =>
    tf.tensor(data, [...shape]);
  const gradients: Record<string, number[]> = {};
  tf.tidy(() =>
    tf.grads((...tensors) => {
      const at = Object.fromEntries(
        names.map((name, i) => [name, tensors[i]!]),
      );
      const q = {
        mean: at["mean"] as Tensor2D,
        scale: at["scale"] as Tensor2D,
      };
      return tf.sum(model.prior.klDivergence(q, {
        ...tinyScope(model, at),
        latent: tf.add(q.mean, tf.mul(q.scale, tensor(NOISE))),
        random: random(0),
      }));
    })(names.map((name) => tensor(start[name]!)))
      .forEach((gradient, i) => gradients[names[i]!] = [...gradient.dataSync()])
  );
  return gradients;
}

function matrix(rows: readonly (readonly number[])[]) {
  return {
    shape: [rows.length, rows[0]!.length],
    data: Float32Array.from(rows.flat()),
  };
}
