/**
 * What the `classifier` stage does.
 *
 * @module
 */

import { createProgram } from "../../../engine/program/create.ts";
import { type Program, withoutSlots } from "../../../engine/program/program.ts";
import { deriveSeed } from "../../../engine/random.ts";
import { sizeOfImage } from "../../../lib/image_shape.ts";
import type { Classifier } from "../../metrics/artifacts.ts";
import { batchReader, shuffledOrder } from "../../model/batches.ts";
import {
  classifierTraining,
  initialClassifier,
} from "../../model/classifier.ts";
import { estimate } from "../../model/estimate.ts";
import { learningRateAt } from "../../model/schedule.ts";
import type { Artifacts } from "../../../pipeline/artifacts.ts";
import type { StageContext, StageServices } from "../../../pipeline/stage.ts";
import type { ClassifierOptions } from "./classifier_options.ts";
import { classCount, classesOf, inspectImages } from "./features.ts";
import { pacer } from "../_train/pace.ts";

const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const LEARNING_RATE = 1e-3;

/** Trains on all training images, by Adam with a rate that falls to 0, and counts on the test images. */
export async function trainClassifier(
  { dataset }: Pick<Artifacts, "dataset">,
  options: ClassifierOptions,
  context: StageContext<"engine">,
): Promise<Classifier> {
  const { train, test } = dataset;
  const inputSize = sizeOfImage(dataset);
  const classes = classCount(dataset);
  const batchSize = Math.min(options.batchSize, train.count);
  const shape = { inputSize, hidden: options.hidden, classes };
  const program = createProgram(classifierTraining({
    variables: initialClassifier(shape, deriveSeed(options.seed, "weights")),
    batchSize,
    inputSize,
    classes,
    adam: ADAM,
  }));
  try {
    await fit(program, { dataset, options, context, batchSize, classes });
    const weights = withoutSlots(program.variables());
    const { logits } = await inspectImages(
      { weights, inputSize },
      (i) => test.images[i]! / 255,
      { count: test.count, signal: context.signal },
    );
    const found = classesOf(logits, classes);
    const right = Float64Array.from(
      test.labels,
      (label, i) => found[i] === label ? 1 : 0,
    );
    const accuracy = estimate(right);
    context.log({ testAccuracy: accuracy.mean });
    const features = options.hidden.at(-1)!;
    return { inputSize, classes, features, weights, accuracy };
  } finally {
    program.dispose();
  }
}

interface Fit extends Pick<Artifacts, "dataset"> {
  readonly options: ClassifierOptions;
  readonly context: StageServices;
  readonly batchSize: number;
  readonly classes: number;
}

async function fit(
  program: Program,
  { dataset, options, context, batchSize, classes }: Fit,
): Promise<void> {
  const { train } = dataset;
  const stepsPerEpoch = Math.floor(train.count / batchSize);
  const steps = stepsPerEpoch * options.epochs;
  const read = batchReader(train.images, {
    size: sizeOfImage(dataset),
    rows: batchSize,
  });
  const seed = deriveSeed(options.seed, "shuffle");
  const pace = pacer(context.signal);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = shuffledOrder(train.count, { seed, epoch });
    let sum = 0;
    for (let batch = 0; batch < stepsPerEpoch; batch++) {
      const step = epoch * stepsPerEpoch + batch + 1;
      const indices = order.subarray(
        batch * batchSize,
        (batch + 1) * batchSize,
      );
      const targets = new Float32Array(batchSize * classes);
      indices.forEach((index, i) =>
        targets[i * classes + train.labels[index]!] = 1
      );
      const { loss } = program.run({
        pixels: read(indices),
        targets,
        step,
        learningRate: learningRateAt(
          {
            schedule: "linear",
            learningRate: LEARNING_RATE,
            finalShare: 0,
          },
          { step, steps },
        ),
      });
      sum += loss![0]!;
      if (await pace()) context.progress(step, steps, { loss: loss![0]! });
    }
    context.log({ epoch: epoch + 1, loss: sum / stepsPerEpoch });
  }
}
