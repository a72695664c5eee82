import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { tf } from "../../../core/engine/tf.ts";
import type { Classifier } from "../../../core/vae/metrics/artifacts.ts";
import type {
  LatentMetrics,
  PriorReference,
  SampleMetrics,
} from "../../../core/mod.ts";
import type { Training } from "../../../core/vae/model/artifacts.ts";
import classifierStage from "../../../core/vae/stages/classifier.ts";
import latentStage from "../../../core/vae/stages/latent_metrics.ts";
import sampleStage from "../../../core/vae/stages/sample_metrics.ts";
import {
  beta,
  dirichlet,
  gaussian,
  mixture,
  vonMises,
  vonMisesFisher,
} from "../../../plugins/mod.ts";
import { ENGINES, useBackend } from "../../engine/backends.ts";
import { fakeContext } from "./fake_context.ts";
import { dataset, OPTIONS, train } from "./small_training.ts";

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}

async function classifier(options: Record<string, unknown> = {}) {
  const { classifier } = await classifierStage.run(
    { dataset },
    v.parse(classifierStage.options, {
      hidden: [12, 8],
      epochs: 40,
      batchSize: 20,
      ...options,
    }),
    fakeContext().context,
  );
  return classifier as Classifier;
}

async function latents(training: Training, {
  prior,
  ...options
}: Record<string, unknown> & { readonly prior?: PriorReference } = {}) {
  const { latentMetrics } = await latentStage.run(
    { dataset, training },
    v.parse(latentStage.options, options),
    fakeContext(prior === undefined ? {} : { prior }).context,
  );
  return latentMetrics as LatentMetrics;
}

async function samples(
  training: Training,
  classifier: Classifier,
  options: Record<string, unknown> = {},
) {
  const { sampleMetrics } = await sampleStage.run(
    { dataset, training, classifier },
    v.parse(sampleStage.options, options),
    fakeContext().context,
  );
  return sampleMetrics as SampleMetrics;
}

describe.each(ENGINES)("the metrics' stages on $title", ({ name, missing }) => {
  beforeAll(async () => {
    if (!missing) await useBackend(name);
  });
  const test = it.skipIf(missing);
  /** Trained once for all that is asked of them. */
  const [usualClassifier, usualTraining] = [
    once(() => classifier()),
    once(async () => (await train({ ...OPTIONS, epochs: 15 })).training),
  ];

  test("learn the classes of bars, the same each time", async () => {
    const found = await usualClassifier();
    expect(found).toMatchObject({ classes: 4, features: 8, inputSize: 16 });
    expect(found.accuracy.mean).toBe(1);
    expect(await classifier()).toEqual(found);
    expect(await classifier({ seed: 1 })).not.toEqual(found);
  });

  test("find in the latents what was learnt", async () => {
    const training = await usualTraining();
    const before = tf.memory().numTensors;
    const found = await latents(training, { groups: 5 });
    expect(tf.memory().numTensors).toBe(before);
    expect(found.testImages).toBe(50);
    expect(found.trainImages).toBe(200);
    expect(found.knn!.mean).toBeGreaterThan(0.9);
    expect(found.probe!.mean).toBeGreaterThan(0.9);
    expect(found.units.activity).toHaveLength(3);
    expect(found.units.active).toBeGreaterThan(0);
    expect(found.klByDimension).toHaveLength(3);
    expect(found.aggregate).toMatchObject({ draws: 10, groups: 5 });
    expect(found.missing).toEqual([]);
    expect(await latents(training, { groups: 5 })).toEqual(found);
    const { knn, probe } = await latents(training, { trainImages: 0 });
    expect([knn, probe]).toEqual([null, null]);
  });

  test("judge samples, and show what was learnt by heart", async () => {
    const training = await usualTraining();
    const features = await usualClassifier();
    const before = tf.memory().numTensors;
    const found = await samples(training, features, {
      samples: 40,
      copyingImages: 30,
    });
    expect(tf.memory().numTensors).toBe(before);
    expect(found.samples).toBe(40);
    expect(found.classifierAccuracy.mean).toBe(1);
    expect(found.frechet).toBeGreaterThan(found.frechetFloor);
    for (const share of [found.precision, found.recall]) {
      expect(share.mean).toBeGreaterThanOrEqual(0);
      expect(share.mean).toBeLessThanOrEqual(1);
    }
    expect(found.vendi).toBeGreaterThan(1);
    expect(found.classEntropyOfTest).toBeCloseTo(Math.log(4), 1);
    const { copying } = found;
    expect(copying.images).toBe(30);
    expect(copying.samples.count).toBe(20);
    // The nearest training image of the first sample, by looking at all.
    const first = copying.samples.pixels.subarray(0, 16);
    const distances = Array.from(
      { length: 200 },
      (_, i) =>
        Math.sqrt(first.reduce(
          (sum, pixel, k) =>
            sum + (pixel - dataset.train.images[16 * i + k]! / 255) ** 2,
          0,
        )),
    );
    const nearest = distances.indexOf(Math.min(...distances));
    expect(
      [...copying.nearest.pixels.subarray(0, 16)].map((x) =>
        Math.round(255 * x)
      ),
    ).toEqual([
      ...dataset.train.images.subarray(16 * nearest, 16 * nearest + 16),
    ]);
  });
});

describe("latents of other supports", () => {
  beforeAll(() => useBackend("cpu"));

  it.each([
    ["beta", beta(), 3, true],
    ["von Mises", vonMises(), 3, true],
    ["von Mises-Fisher", vonMisesFisher(), 4, false],
    ["Dirichlet", dirichlet(), 4, false],
    ["mixture", mixture({ components: 3 }), 3, false],
    ["full Gaussian", gaussian({ covariance: "full" }), 3, false],
  ])("%s: units, and the KL by dimension where there is one", async (
    ...[
      ,
      prior,
      units,
      factorises,
    ]
  ) => {
    const { training } = await train({ ...OPTIONS, epochs: 2 }, { prior });
    const found = await latents(training, { prior });
    expect(found.units.activity).toHaveLength(units);
    for (const value of found.units.activity) {
      expect(Math.abs(value)).toBeLessThan(4);
    }
    expect(found.klByDimension !== null).toBe(factorises);
    expect(found.missing).toHaveLength(factorises ? 0 : 1);
  });

  it("no unit of an untrained posterior at the prior is active", async () => {
    const { training } = await train({ ...OPTIONS, epochs: 1 });
    const heads = training.weights["head/kernel"]!;
    const idle = {
      ...training,
      weights: {
        ...training.weights,
        "head/kernel": { ...heads, data: new Float32Array(heads.data.length) },
      },
    };
    expect((await latents(idle)).units.active).toBe(0);
  });
});
