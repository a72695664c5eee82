// Densities and draws of the priors of plugins/ that learn, against densities
// written anew in double precision.

import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/engine/random.ts";
import { tf } from "../../core/mod.ts";
import { ENGINES, useBackend } from "../engine/backends.ts";
import { kolmogorovSmirnov } from "../engine/statistics.ts";
import { LEARNT_CASES } from "./learnt_cases.ts";
import {
  INPUT_SIZE,
  priorDensity,
  tinyModel,
  tinyScope,
  valuesOf,
} from "./tiny_model.ts";

const SHAKE = 0.6;
const random = (step: number) => createRandom({ seed: 12, step });

describe.each(ENGINES)("priors that learn on $title", ({ name, missing }) => {
  beforeAll(() => missing ? undefined : useBackend(name));

  describe.each(LEARNT_CASES)("$title", ({ reference, density }) => {
    const at = (latentDim: number) =>
      tinyModel(reference, { latentDim, shake: SHAKE });

    it.skipIf(missing)(
      "keeps its shapes, for one image and one dimension too",
      () => {
        for (const [batch, latentDim] of [[1, 1], [3, 4]] as const) {
          const shapes = tf.tidy(() => {
            const model = at(latentDim);
            const { prior } = model;
            const scope = tinyScope(model);
            const posterior = scope.encode(tf.ones([batch, INPUT_SIZE]));
            const latent = prior.sample(posterior, random(0));
            const kl = { ...scope, latent, random: random(1) };
            return {
              latent: latent.shape,
              kl: prior.klDivergence(posterior, kl).shape,
              mean: prior.posteriorMean(posterior).shape,
              drawn: prior.priorSample(5, random(1), scope).shape,
              q: prior.densities!.posterior(posterior, latent).shape,
              p: prior.densities!.prior(latent, scope).shape,
            } as unknown as Record<string, never>;
          });
          expect(shapes).toEqual({
            latent: [batch, latentDim],
            kl: [batch],
            mean: [batch, latentDim],
            drawn: [5, latentDim],
            q: [batch],
            p: [batch],
          });
        }
      },
    );

    it.skipIf(missing)("has the density of the papers", () => {
      for (const latentDim of [1, 3]) {
        const model = at(latentDim);
        const latents = grid(40, latentDim);
        const found = priorDensity(model, latents);
        latents.forEach((z, i) => {
          const wanted = density(z, model.weights);
          expect(Math.abs(found[i]! - wanted))
            .toBeLessThan(3e-5 + 3e-6 * Math.abs(wanted));
        });
      }
    });

    it.skipIf(missing)(
      "integrates to 1, and draws what its density says",
      () => {
        const model = at(1);
        const step = 0.01;
        const points = Array.from(
          { length: 6001 },
          (_, i) => [(i - 3000) * step],
        );
        const mass = Array.from(
          priorDensity(model, points),
          (log) => Math.exp(log) * step,
        );
        const total = mass.reduce((sum, x) => sum + x, 0);
        expect(total).toBeCloseTo(1, 5);
        let sum = 0;
        // At the middle of a point's cell.
        const levels = mass.map((x) => (sum += x) - x / 2);
        const cdf = (z: number) => {
          const place = z / step + 3000;
          const i = Math.floor(place);
          return levels[i]! + (place - i) * (levels[i + 1]! - levels[i]!);
        };
        const drawn = valuesOf(() =>
          model.prior.priorSample(20_000, random(7), tinyScope(model))
        );
        // The chance of more than 2.4: 2 exp(-2 2.4^2) = 2e-5.
        expect(kolmogorovSmirnov(drawn, cdf)).toBeLessThan(2.4);
      },
    );

    it.skipIf(missing)("draws what its density says in two dimensions", () => {
      const model = at(2);
      const [cells, reach, fine] = [8, 4, 6];
      const width = 2 * reach / cells;
      const step = width / fine;
      const place = (x: number) => Math.floor((x + reach) / width);
      const cellOf = ([x, y]: readonly number[]) => {
        const [column, row] = [place(x!), place(y!)];
        const inside = [column, row].every((i) => i >= 0 && i < cells);
        return inside ? row * cells + column : cells * cells;
      };
      const points = Array.from({ length: (cells * fine) ** 2 }, (_, i) => [
        -reach + (i % (cells * fine) + 0.5) * step,
        -reach + (Math.floor(i / (cells * fine)) + 0.5) * step,
      ]);
      const wanted = new Float64Array(cells * cells + 1);
      priorDensity(model, points).forEach((log, i) =>
        wanted[cellOf(points[i]!)]! += Math.exp(log) * step ** 2
      );
      wanted[cells * cells] = 1 - wanted.reduce((sum, x) => sum + x, 0);
      const count = 40_000;
      const drawn = valuesOf(() =>
        model.prior.priorSample(count, random(8), tinyScope(model))
      );
      const found = new Float64Array(wanted.length);
      for (let i = 0; i < count; i++) {
        found[cellOf([drawn[2 * i]!, drawn[2 * i + 1]!])]!++;
      }
      const tested = [...wanted.keys()].filter((i) => wanted[i]! * count > 10);
      expect(tested.length).toBeGreaterThan(12);
      const chiSquare = tested.reduce(
        (sum, i) =>
          sum + (found[i]! - wanted[i]! * count) ** 2 / (wanted[i]! * count),
        0,
      );
      const freedom = tested.length - 1;
      // Five standard deviations.
      expect(chiSquare).toBeLessThan(freedom + 5 * Math.sqrt(2 * freedom));
    });
  });
});

/** Latent vectors all over, the same each time. */
function grid(count: number, latentDim: number): number[][] {
  return Array.from(
    { length: count },
    (_, i) =>
      Array.from(
        { length: latentDim },
        (_, d) => 4 * Math.sin(1.3 * i + 2.1 * d * (i + 1)),
      ),
  );
}
