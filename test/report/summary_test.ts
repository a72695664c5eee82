import { expect, test } from "vitest";
import { summarise } from "../../core/report/mod.ts";
import { fakeResult } from "./fake_result.ts";

const outputDirectory = "/nowhere/outputs";

test("summarise() has everything of a run", async () => {
  const { result, store } = fakeResult({ outputDirectory });
  const summary = await summarise(result, store);
  expect(summary).toMatchObject({
    run: "default-1a2b3c4d",
    dataset: { name: "mnist", synthetic: false, train: 60_000, test: 10_000 },
    engine: { name: "native", fallbackReason: null },
  });
  expect(summary.trials).toHaveLength(4);
  const trial = summary.trials[2]!;
  expect(trial).toEqual({
    prior: "beta",
    label: "Beta(1,1)",
    group: "Beta(1,1)",
    priorLabel: "Beta(1,1)",
    options: { mean: 1, note: "<none>" },
    latent: 20,
    seed: 0,
    network: "MLP(400)",
    likelihood: "Bernoulli",
    objective: "ELBO",
    matrix: {},
    stages: [
      { name: "load_mnist", cached: false, reason: "new", ms: 1200 },
      { name: "train", cached: false, reason: "new", ms: 46_900 },
      { name: "sample", cached: false, reason: "new", ms: 1200 },
      { name: "evaluate", cached: false, reason: "new", ms: 1200 },
    ],
    figures: {
      elbo: { value: expect.closeTo(-104.93, 6), error: 0.24 },
      reconstruction: { value: expect.closeTo(81.62, 6), error: 0.22 },
      kl: { value: expect.closeTo(23.31, 6), error: 0.05 },
      nll: { value: expect.closeTo(100.73, 6), error: 0.75 },
    },
    conditions: {
      pixels: "binary",
      binarization: "dynamic",
      testImages: 10_000,
      nllSamples: 500,
      nllImages: 1000,
      testSet: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
    train: { steps: 9380, msPerStep: 5, loss: expect.closeTo(104.73, 6) },
    test: {
      elbo: expect.closeTo(-104.93, 6),
      reconstruction: expect.closeTo(81.62, 6),
      kl: expect.closeTo(23.31, 6),
      nll: expect.closeTo(100.73, 6),
      nllSamples: 500,
      nllError: 0.75,
      nllEffectiveSampleSize: 31.4,
      nllSweep: [
        {
          samples: 1,
          mean: expect.closeTo(104.93, 6),
          standardError: 0.78,
        },
        {
          samples: 500,
          mean: expect.closeTo(100.73, 6),
          standardError: 0.75,
        },
      ],
      pixels: "binary",
      binarization: "dynamic",
    },
    latents: null,
    samples: null,
    images: {
      samples: `${outputDirectory}/runs/default-1a2b3c4d/run-2/samples.png`,
      reconstructions:
        `${outputDirectory}/runs/default-1a2b3c4d/run-2/reconstructions.png`,
    },
  });
});

test("summarise() has nulls and an error for a run that failed", async () => {
  const { result, store } = fakeResult({ outputDirectory, failing: 1 });
  const { trials } = await summarise(result, store);
  expect(trials[1]).toMatchObject({
    label: "Gaussian(1,2)",
    error: "train Gaussian(1,2): Loss is NaN at step 12 <script>",
    train: { steps: null, msPerStep: null, loss: null },
    test: { elbo: null, reconstruction: null, kl: null, nll: null },
    images: { samples: null, reconstructions: null },
  });
  expect(trials[0]).not.toHaveProperty("error");
  expect(trials[0]!.test.elbo).not.toBeNull();
});

test("summarise() has no NLL where the prior has no densities", async () => {
  const { result, store } = fakeResult({
    outputDirectory,
    withoutDensities: 0,
  });
  const { trials } = await summarise(result, store);
  expect(trials[0]!.test).toMatchObject({ nll: null, nllSamples: null });
  expect(trials[1]!.test.nll).not.toBeNull();
});

test("summarise() finds artifacts by name, whatever the stages are called", async () => {
  const stages = ["fetch", "fit", "draw", "judge"] as const;
  const { result, store } = fakeResult({ outputDirectory, stages });
  const { trials, dataset } = await summarise(result, store);
  expect(dataset?.name).toBe("mnist");
  expect(trials[0]!.test.elbo).toBeCloseTo(-99.12);
  expect(trials[0]!.train.steps).toBe(9380);
});

test("summarise() reads a shared artifact once", async () => {
  const { result, store, reads } = fakeResult({ outputDirectory });
  await summarise(result, store);
  expect(reads.filter((key) => key === "load")).toHaveLength(1);
});

test("summarise() passes on what the store says of a damaged artifact", async () => {
  const { result } = fakeResult({ outputDirectory });
  const read = () => Promise.reject(new Error("Damaged"));
  await expect(summarise(result, { read })).rejects.toThrow("Damaged");
});

test("summarise() takes the seeds of a prior together", async () => {
  const { result, store } = fakeResult({
    outputDirectory,
    labels: ["A", "A", "B", "A"],
    seeds: [0, 1, 0, 2],
  });
  const { overSeeds } = await summarise(result, store);
  // -99.12, -99.61 and -101.37.
  expect(overSeeds).toHaveLength(1);
  expect(overSeeds[0]).toMatchObject({
    label: "A",
    latent: 20,
    seeds: [0, 1, 2],
    elbo: {
      mean: expect.closeTo(-100.0333, 4),
      deviation: expect.closeTo(1.18323, 4),
      seeds: 3,
    },
  });
  const single = fakeResult({ outputDirectory });
  expect((await summarise(single.result, single.store)).overSeeds).toEqual([]);
});

test("summarise() has what was measured of latents and samples", async () => {
  const { result, store } = fakeResult({
    outputDirectory,
    metrics: true,
    labels: ["A", "A"],
    seeds: [0, 1],
  });
  const { trials, overSeeds } = await summarise(result, store);
  expect(trials[0]!.latents).toMatchObject({
    units: { active: 18 },
    knn: { mean: 0.9512, k: 5 },
    aggregate: { draws: 1000 },
  });
  expect(trials[0]!.latents).not.toHaveProperty("missing");
  expect(trials[1]!.samples).toMatchObject({ frechet: 13.34, samples: 5000 });
  expect(trials[1]!.samples!.copying).toEqual({
    probability: { mean: 0.5123, standardError: 0.03 },
    distance: { mean: 5.67, standardError: 0.08 },
    distanceOfUnseen: { mean: 5.71, standardError: 0.09 },
    images: 200,
  });
  expect(overSeeds[0]).toMatchObject({
    activeUnits: { mean: 17.5, seeds: 2 },
    frechet: { mean: expect.closeTo(12.84, 8) },
    recall: { mean: 0.4321, deviation: 0 },
  });
});

test("summarise() is JSON", async () => {
  const { result, store } = fakeResult({ outputDirectory, failing: 0 });
  const summary = await summarise(result, store);
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
});
