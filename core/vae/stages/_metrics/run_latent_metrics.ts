/**
 * What the `latent_metrics` stage does.
 *
 * @module
 */

import { openModel, type TrainedModel } from "../../model/open_model.ts";
import { deriveSeed, uniformStream } from "../../../engine/random.ts";
import type { AggregateDistance } from "../../metrics/aggregate_distance.ts";
import {
  aggregateDistance,
  fitProbe,
  knnAccuracy,
  type Labelled,
  type Points,
  pointsOf,
  probeAccuracy,
  unitActivity,
} from "../../metrics/mod.ts";
import type { Estimate } from "../../model/artifacts.ts";
import { estimate } from "../../model/estimate.ts";
import { fixedImages } from "../../model/fixed_images.ts";
import { meanProgram, priorProgram } from "../../model/latent_program.ts";
import { overDraws, overImages } from "../../model/run_batches.ts";
import type { Artifacts } from "../../../pipeline/artifacts.ts";
import type { ModelContext } from "../_context.ts";
import { requireNumbers } from "../_finite.ts";
import { classCount } from "./features.ts";
import type { LatentMetricsOptions } from "./latent_metrics_options.ts";
import { latentsOf } from "./latents.ts";
import { pacer } from "../_train/pace.ts";

declare module "../../../pipeline/artifacts.ts" {
  interface Artifacts {
    /** What the latents are like. */
    latentMetrics: LatentMetrics;
  }
}

/** What the latents of a training are like; null for what was left out or cannot be had. */
export interface LatentMetrics {
  readonly units: {
    /** Units with more than 1 % of the prior's variance between images. */
    readonly active: number;
    /** `Var_x(E[u|x]) / Var(u)` of each unit. */
    readonly activity: readonly number[];
  };
  /** KL(q(z_d|x) || p(z_d)) of each dimension in nats, where the prior factorises. */
  readonly klByDimension: readonly Estimate[] | null;
  /** Accuracy of a vote of the nearest posterior means, from 0 to 1. */
  readonly knn: (Estimate & { readonly k: number }) | null;
  /** Accuracy of logistic regression on posterior means, from 0 to 1. */
  readonly probe: Estimate | null;
  /** Training images behind `knn` and `probe`. */
  readonly trainImages: number;
  /** Test images that all figures are of. */
  readonly testImages: number;
  /** Aggregate posterior against prior, in the prior's standard deviations. */
  readonly aggregate: AggregateDistance;
  /** What could not be had and why, for the report. */
  readonly missing: readonly string[];
}

/** Measures the latents of the test images. */
export async function measureLatents(
  { dataset, training }: Pick<Artifacts, "dataset" | "training">,
  options: LatentMetricsOptions,
  context: ModelContext,
): Promise<LatentMetrics> {
  const { train, test } = dataset;
  const { binarization, architecture: { inputSize } } = training;
  const trained = openModel(training, context, options.weights);
  const { prior } = trained.model;
  const trainImages = Math.min(options.trainImages, train.count);
  const pace = pacer(context.signal);
  const onRows = (before: number) => async (done: number) => {
    if (await pace()) {
      context.progress(before + done, test.count + trainImages);
    }
  };

  const latents = await latentsOf(trained, {
    pixels: fixedImages(test.images, { binarization, set: "test" }),
    count: test.count,
    inputSize,
    context,
    onRows: onRows(0),
  });
  const drawn = await priorDraws(trained, 2 * test.count, context);
  const encodeTraining = async (): Promise<Points> => {
    const pixels = train.images.subarray(0, trainImages * inputSize);
    const { mean } = await overImages(
      (batchSize) => meanProgram(trained, { batchSize, inputSize }),
      fixedImages(pixels, { binarization, set: "train" }),
      { count: trainImages, onRows: onRows(test.count) },
    );
    return pointsOf(mean!, latents.mean.width);
  };
  const accuracies = trainImages === 0
    ? { knn: null, probe: null }
    : await labelAccuracies(
      {
        points: await encodeTraining(),
        labels: train.labels.subarray(0, trainImages),
      },
      { points: latents.mean, labels: test.labels },
      {
        classes: classCount(dataset),
        k: Math.min(options.neighbours, trainImages),
        pause: pace,
      },
    );

  return {
    units: unitActivity(latents.first, latents.second, {
      support: prior.support,
      priorVariance: variances(drawn),
    }),
    klByDimension: latents.klByDimension,
    ...accuracies,
    trainImages,
    testImages: test.count,
    aggregate: aggregateDistance(latents.draws, drawn, {
      groups: Math.min(options.groups, test.count),
      directions: options.directions,
      uniform: uniformStream(deriveSeed(context.seed, "directions"), 0),
    }),
    missing: latents.klByDimension === null
      ? [
        `KL by dimension: prior "${context.prior.definition.name}" is not one dimension many times over`,
      ]
      : [],
  };
}

async function priorDraws(
  trained: TrainedModel,
  count: number,
  context: ModelContext,
): Promise<Points> {
  const { seed, signal } = context;
  const pace = pacer(signal);
  const { latents } = await overDraws(
    (count) =>
      priorProgram(trained, { count, seed: deriveSeed(seed, "prior") }),
    { count, onRows: async () => void await pace() },
  );
  requireNumbers({ "latents drawn from the prior": latents! }, {
    ...context,
    stage: "latent_metrics",
  });
  return pointsOf(latents!, latents!.length / count);
}

async function labelAccuracies(
  train: Labelled,
  test: Labelled,
  { classes, k, pause }: {
    readonly classes: number;
    readonly k: number;
    readonly pause: () => Promise<unknown>;
  },
): Promise<Pick<LatentMetrics, "knn" | "probe">> {
  const knn = await knnAccuracy(train, test, { k, pause });
  const probe = await fitProbe(train, { classes, pause });
  return { knn: { ...knn, k }, probe: probeAccuracy(probe, test) };
}

function variances({ count, width, data }: Points): Float64Array {
  return Float64Array.from({ length: width }, (_, k) => {
    const column = Float64Array.from(
      { length: count },
      (_, i) => data[i * width + k]!,
    );
    return estimate(column).standardError ** 2 * count;
  });
}
