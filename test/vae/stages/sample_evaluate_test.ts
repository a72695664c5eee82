import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import type { Evaluation } from "../../../core/mod.ts";
import type { Samples, Training } from "../../../core/vae/model/artifacts.ts";
import evaluateStage from "../../../core/vae/stages/evaluate.ts";
import sampleStage from "../../../core/vae/stages/sample.ts";
import { useBackend } from "../../engine/backends.ts";
import { fakeContext } from "./fake_context.ts";
import { learntPrior } from "./learnt_prior.ts";
import { dataset, OPTIONS, train } from "./small_training.ts";

beforeAll(() => useBackend("cpu"));

describe("sample and evaluate", () => {
  it("draw and measure what was trained", async () => {
    const { training } = await train({ ...OPTIONS, epochs: 8 });
    const inputs = { dataset, training };
    const { samples } = await sampleStage.run(
      inputs,
      v.parse(sampleStage.options, { generated: 6, reconstructed: 4 }),
      fakeContext().context,
    ) as { samples: Samples };
    expect(samples.generated.count).toBe(6);
    expect(samples.latents).toHaveLength(18);
    for (const pixel of samples.generated.pixels) {
      expect(pixel).toBeGreaterThanOrEqual(0);
      expect(pixel).toBeLessThanOrEqual(1);
    }
    const measure = async (options: Record<string, unknown>) => {
      const { evaluation } = await evaluateStage.run(
        inputs,
        v.parse(evaluateStage.options, options),
        fakeContext().context,
      );
      return evaluation as Evaluation;
    };
    const evaluation = await measure({ nllSamples: 100, nllImages: 50 });
    const { elbo, reconstruction, kl, nll } = evaluation;
    expect(elbo.mean).toBeCloseTo(-reconstruction.mean - kl.mean, 10);
    // More draws tighten the bound (Burda, Grosse and Salakhutdinov 2016, theorem 1).
    const few = await measure({ nllSamples: 1, nllImages: 50 });
    expect(nll!.mean).toBeLessThan(few.nll!.mean);
    expect(-elbo.mean).toBeCloseTo(few.nll!.mean, 0);
    expect(nll!.effectiveSampleSize).toBeGreaterThan(1);
    expect(nll!.effectiveSampleSize).toBeLessThanOrEqual(100);
    expect((await measure({ nllImages: 0 })).nll).toBeNull();
  });

  it("show the likelihood with fewer draws of the same ones", async () => {
    const { training } = await train({ ...OPTIONS, epochs: 8 });
    const measure = async (options: Record<string, unknown>) => {
      const { evaluation } = await evaluateStage.run(
        { dataset, training },
        v.parse(evaluateStage.options, options),
        fakeContext().context,
      );
      return (evaluation as Evaluation).nll!;
    };
    const nll = await measure({
      nllSamples: 1500, // more than a run of the program draws
      nllSweep: [50, 1, 5, 50, 9000],
    });
    expect(nll.images).toBe(50);
    expect(nll.sweep.map(({ samples }) => samples)).toEqual([1, 5, 50, 1500]);
    const means = nll.sweep.map(({ mean }) => mean);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(nll.sweep.at(-1)).toMatchObject({ mean: nll.mean });
    expect(nll.samplingError).toBeGreaterThan(0);
    // Another number of draws, no multiple of what fits into one run.
    const prime = await measure({ nllSamples: 1501, nllSweep: [] });
    expect(Math.abs(prime.mean - nll.mean)).toBeLessThan(
      6 * Math.hypot(nll.samplingError, prime.samplingError),
    );
    expect(prime.sweep).toHaveLength(1);
  });

  it("draw from what the prior has learnt, and measure with it", async () => {
    const prior = learntPrior();
    const { training } = await train(OPTIONS, { prior });
    const far = { shape: [3], data: Float32Array.of(100, 200, 300) };
    const moved = {
      ...training,
      weights: { ...training.weights, "prior/location": far },
    };
    const { samples } = await sampleStage.run(
      { dataset, training: moved },
      v.parse(sampleStage.options, { generated: 4, reconstructed: 4 }),
      fakeContext({ prior }).context,
    ) as { samples: Samples };
    samples.latents.forEach((z, i) =>
      expect(Math.abs(z - 100 * (i % 3 + 1))).toBeLessThan(6)
    );
    const measure = async (training: Training) => {
      const { evaluation } = await evaluateStage.run(
        { dataset, training },
        v.parse(evaluateStage.options, { nllSamples: 20, nllImages: 10 }),
        fakeContext({ prior }).context,
      );
      return evaluation as Evaluation;
    };
    const [near, away] = [await measure(training), await measure(moved)];
    // Half the squared distance of the prior from where the posteriors are.
    expect(away.kl.mean - near.kl.mean).toBeGreaterThan(60_000);
    expect(away.nll!.mean - near.nll!.mean).toBeGreaterThan(60_000);
    expect(away.reconstruction).toEqual(near.reconstruction);
  });

  it("says what is missing", async () => {
    const { training } = await train({
      ...OPTIONS,
      epochs: 1,
      binarization: "grey",
    });
    const { evaluation } = await evaluateStage.run(
      { dataset, training },
      v.parse(evaluateStage.options, {}),
      fakeContext().context,
    );
    expect(evaluation).toMatchObject({
      nll: null,
      missing: ["NLL: grey pixels have no likelihood of binary ones"],
    });
  });
});
