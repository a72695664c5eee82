/**
 * What the `sample_metrics` stage does.
 *
 * @module
 */

import { openModel } from "../../model/open_model.ts";
import { plural } from "../../../lib/count.ts";
import { deriveSeed } from "../../../engine/random.ts";
import { UserError } from "../../../lib/errors.ts";
import type { Copying } from "../../metrics/artifacts.ts";
import type { Estimate } from "../../model/artifacts.ts";
import {
  classEntropy,
  frechetDistance,
  pointsOf,
  precisionRecall,
  vendiScore,
} from "../../metrics/mod.ts";
import { fixedImages } from "../../model/fixed_images.ts";
import {
  priorProgram,
  reconstructionProgram,
} from "../../model/latent_program.ts";
import { overDraws, overImages } from "../../model/run_batches.ts";
import type { Artifacts } from "../../../pipeline/artifacts.ts";
import type { ModelContext } from "../_context.ts";
import { requireNumbers } from "../_finite.ts";
import { measureCopying } from "./copying.ts";
import { classesOf, inspectImages } from "./features.ts";
import { pacer } from "../_train/pace.ts";
import type { SampleMetricsOptions } from "./sample_metrics_options.ts";

declare module "../../../pipeline/artifacts.ts" {
  interface Artifacts {
    /** What the samples are like. */
    sampleMetrics: SampleMetrics;
  }
}

/** What the samples of a training are like, in the features of the classifier. */
export interface SampleMetrics {
  /** Generated images, and as many test images to compare with. */
  readonly samples: number;
  /** Squared distance of the samples from test images. */
  readonly frechet: number;
  /** That of training images, as many, from the same test images. */
  readonly frechetFloor: number;
  /** Shares from 0 to 1. */
  readonly precision: Estimate;
  readonly recall: Estimate;
  /** Neighbours that the manifolds of precision and recall are made with. */
  readonly neighbours: number;
  /** Vendi score of the samples, and of the test images. */
  readonly vendi: number;
  readonly vendiOfTest: number;
  /** Entropy in nats of the classes that the classifier sees in the samples, and in the test images. */
  readonly classEntropy: number;
  readonly classEntropyOfTest: number;
  readonly copying: Copying;
  /** The classifier's accuracy on test images. */
  readonly classifierAccuracy: Estimate;
}

/**
 * Measures decoder means of draws from the prior: grey images, and compared
 * with grey images.
 */
export async function measureSamples(
  { dataset, training, classifier }: Pick<
    Artifacts,
    "dataset" | "training" | "classifier"
  >,
  options: SampleMetricsOptions,
  context: ModelContext,
): Promise<SampleMetrics> {
  const { train, test } = dataset;
  const { inputSize } = training.architecture;
  const { classes } = classifier;
  const model = openModel(training, context, options.weights);
  const samples = Math.min(options.samples, test.count, train.count);
  if (samples < 2) {
    throw new UserError(
      `Cannot compare samples with ${
        plural(samples, "image")
      }, want at least 2 test and 2 training images`,
      { hint: "Raise load_mnist.testLimit and load_mnist.trainLimit" },
    );
  }
  const pace = pacer(context.signal);
  const { images } = await overDraws(
    (count) =>
      priorProgram(model, {
        count,
        seed: deriveSeed(context.seed, "samples"),
        images: true,
      }),
    { count: samples, onRows: async () => void await pace() },
  );
  requireNumbers({ "images of draws from the prior": images! }, {
    ...context,
    stage: "sample_metrics",
  });
  context.progress(1, STEPS);

  const inspect = async (pixelAt: (i: number) => number) => {
    const { features, logits } = await inspectImages(classifier, pixelAt, {
      count: samples,
      signal: context.signal,
    });
    return {
      points: pointsOf(features, classifier.features),
      labels: classesOf(logits, classes),
    };
  };
  const generated = await inspect((i) => images![i]!);
  const unseen = await inspect((i) => test.images[i]! / 255);
  const seen = await inspect((i) => train.images[i]! / 255);
  context.progress(2, STEPS);
  const k = Math.min(options.neighbours, samples - 1);
  const shares = await precisionRecall(unseen.points, generated.points, {
    k,
    pause: pace,
  });
  context.progress(3, STEPS);
  const copied = Math.min(options.copyingImages, samples);
  const copying = await measureCopying(dataset, {
    samples: images!.subarray(0, copied * inputSize),
    reconstructions: (await overImages(
      (batchSize) => reconstructionProgram(model, { batchSize, inputSize }),
      fixedImages(test.images.subarray(0, copied * inputSize), {
        binarization: training.binarization,
        set: "test",
      }),
      { count: copied },
    ))["images"]!,
    pause: pace,
  });
  return {
    samples,
    frechet: frechetDistance(generated.points, unseen.points),
    frechetFloor: frechetDistance(seen.points, unseen.points),
    ...shares,
    neighbours: k,
    vendi: vendiScore(generated.points),
    vendiOfTest: vendiScore(unseen.points),
    classEntropy: classEntropy(generated.labels),
    classEntropyOfTest: classEntropy(unseen.labels),
    copying,
    classifierAccuracy: classifier.accuracy,
  };
}

/** Parts of the work, for the progress. */
const STEPS = 4;
