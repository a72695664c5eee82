import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { definePrior, identity, real, tf } from "../../../core/mod.ts";
import { useBackend } from "../../engine/backends.ts";
import { temporary } from "./fake_context.ts";
import { learntPrior } from "./learnt_prior.ts";
import { model, OPTIONS, train } from "./small_training.ts";
import { elbo } from "../../../plugins/objectives/mod.ts";

beforeAll(() => useBackend("cpu"));

describe("train", () => {
  it("learns, and tells of each epoch", async () => {
    const { training, heard } = await train();
    const losses = training.epochs.map(({ loss }) => loss);
    expect(losses).toHaveLength(4);
    expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.9);
    expect(training.steps).toBe(40);
    expect(heard.logs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    expect(heard.logs[0]).toMatchObject({
      step: 10,
      learningRate: 0.02,
      klWeight: 1,
    });
  });

  it("gives the same bits for the same seed, others for another", async () => {
    const [first, second, other] = [
      await train(),
      await train(),
      await train(OPTIONS, { seed: 6 }),
    ];
    expect(second.training).toEqual(first.training);
    expect(other.training.epochs).not.toEqual(first.training.epochs);
  });

  it("trains what a prior learns, with the rest", async () => {
    const prior = learntPrior();
    const before = (await model({ prior })).weights["prior/location"]!;
    const { training } = await train(OPTIONS, { prior });
    const after = training.weights["prior/location"]!;
    expect(before.shape).toEqual([3]);
    expect(after.shape).toEqual([3]);
    after.data.forEach((value, i) => expect(value).not.toBe(before.data[i]));
    expect(training.best["prior/location"]).toBeDefined();
    const losses = training.epochs.map(({ loss }) => loss);
    expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.9);
  });

  it("refuses a parameter that nothing would ever move", async () => {
    const { definition } = learntPrior();
    const idle = {
      ...definition,
      create: (...given: Parameters<typeof definition.create>) => {
        const prior = definition.create(...given);
        const idle = { shape: [2], initial: () => [0, 0] };
        return { ...prior, learnt: { ...prior.learnt, idle } };
      },
    };
    await expect(
      train(OPTIONS, {
        prior: { kind: "prior", definition: idle, options: {} },
      }),
    ).rejects.toThrow(
      'Cannot train "prior/idle": the loss does not depend on it',
    );
  });

  it("keeps the weights of the epoch that validates best", async () => {
    const { training } = await train({
      ...OPTIONS,
      epochs: 6,
      learningRate: 0.3,
      validation: 40,
    });
    const scores = training.epochs.map(({ validation }) => validation!);
    expect(training.bestEpoch).toBe(scores.indexOf(Math.min(...scores)) + 1);
    expect(Object.keys(training.best)).toEqual(Object.keys(training.weights));
  });

  it("measures every held-out image, whatever the training's batches are", async () => {
    // Nothing is learnt, so all trainings validate the same model.
    const still = { epochs: 1, learningRate: 1e-30, validation: 150 };
    const [first, ...others] = await Promise.all(
      [7, 20, 50].map(async (batchSize) => {
        const { training } = await train({ ...still, batchSize });
        return training.epochs[0]!.validation!;
      }),
    );
    for (const one of others) expect(one).toBeCloseTo(first!, 4);
  });

  it("stops early, and stays where it stopped", async () => {
    const options = {
      ...OPTIONS,
      epochs: 60,
      learningRate: 0.3,
      validation: 40,
      patience: 2,
    };
    const given = { attemptDirectory: temporary(), due: () => true };
    const { training } = await train(options, given);
    expect(training.epochs.length).toBeLessThan(60);
    expect(training.epochs).toHaveLength(training.bestEpoch + 2);
    expect(training.steps).toBe(8 * training.epochs.length);
    const resumed = await train(options, given);
    expect(resumed.training).toEqual(training);
  });

  it("clips, warms up and follows a schedule", async () => {
    const { training } = await train({
      ...OPTIONS,
      clipNorm: 0.5,
      schedule: "cosine",
    }, { objective: elbo({ warmupEpochs: 2 }) });
    expect(training.epochs.map(({ klWeight }) => klWeight)).toEqual([
      0.5,
      1,
      1,
      1,
    ]);
    expect(training.epochs.at(-1)!.learningRate).toBeCloseTo(0, 12);
    const plain = await train();
    expect(training.epochs[0]!.loss).not.toBe(plain.training.epochs[0]!.loss);
  });

  it.each(["threshold", "grey"] as const)(
    "trains on %s pixels",
    async (binarization) => {
      const { training } = await train({ ...OPTIONS, binarization });
      expect(training.binarization).toBe(binarization);
      expect(training.epochs.at(-1)!.loss).toBeLessThan(
        training.epochs[0]!.loss,
      );
    },
  );

  it("says how many images it would need", async () => {
    await expect(train({ ...OPTIONS, batchSize: 150, validation: 100 })).rejects
      .toThrow(
        "Cannot train on 200 images: 100 are held out for validation, which leaves 100, want at least one batch of 150",
      );
  });

  it("stops at a loss that is no number, naming step, term and plugin", async () => {
    const broken = definePrior({
      name: "broken",
      version: "1.0.0",
      apiVersion: 1,
      module: import.meta.url,
      description: "its divergence overflows",
      options: v.strictObject({}),
      head: (_, { latentDim }) => ({
        mean: { units: latentDim, constrain: identity },
      }),
      create: (_, { latentDim }) => ({
        support: real,
        reparameterization: "explicit",
        sample: ({ mean }) => mean,
        klDivergence: ({ mean }) =>
          tf.sum(tf.log(tf.sub(tf.abs(mean), 1e6)), 1),
        posteriorMean: ({ mean }) => mean,
        priorSample: (count, random) =>
          tf.reshape(random.normal([count, latentDim]), [count, latentDim]),
      }),
    });
    await expect(train(OPTIONS, { prior: broken() })).rejects.toThrow(
      /The loss of broken is not finite at step 1: prior "broken": klDivergence gave NaN/,
    );
  });

  it("leaves no tensors behind", async () => {
    await train();
    const before = tf.memory().numTensors;
    await train();
    expect(tf.memory().numTensors).toBe(before);
  });
});
