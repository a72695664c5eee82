/**
 * A small classifier of the data set's images: an MLP whose last hidden layer
 * gives the features that samples are judged in.
 *
 * @module
 */

import { withGradients } from "../../engine/program/gradients.ts";
import type {
  AdamSpec,
  ProgramSpec,
  Tensors,
} from "../../engine/program/program.ts";
import { dense } from "../../engine/ops/dense.ts";
import { type Scalar, type Tensor2D, tf } from "../../engine/tf.ts";
import type { Weights } from "./artifacts.ts";
import { denseParameters } from "../plugin/layers.ts";
import { initialNetwork } from "./initial_network.ts";

/** Shape of a classifier. */
export interface ClassifierShape {
  readonly inputSize: number;
  /** Widths of the hidden layers, from the image on. */
  readonly hidden: readonly number[];
  readonly classes: number;
}

/** Weights before training, the same for the same seed. */
export function initialClassifier(
  { inputSize, hidden, classes }: ClassifierShape,
  seed: number,
): Weights {
  const widths = [inputSize, ...hidden];
  const parameters = hidden.map((outputs, i) =>
    denseParameters(`hidden/${i}`, { inputs: widths[i]!, outputs })
  );
  const output = { inputs: widths.at(-1)!, outputs: classes };
  return initialNetwork(
    Object.assign({}, ...parameters, denseParameters("output", output)),
    { name: "classifier", seed },
  );
}

/** What the programs of a classifier are made of. */
export interface ClassifierProgramOptions {
  readonly variables: Weights;
  readonly batchSize: number;
  readonly inputSize: number;
  readonly classes: number;
}

/**
 * One step of training by the mean cross-entropy. It is fed `pixels` (bytes),
 * `targets` (one-hot, `[B, classes]`), `step` and `learningRate`; it returns the
 * batch's `loss` in nats.
 */
export function classifierTraining(
  { variables, batchSize, inputSize, classes, adam }:
    & ClassifierProgramOptions
    & { readonly adam: AdamSpec },
): ProgramSpec {
  return {
    variables,
    adam,
    inputs: {
      pixels: { shape: [batchSize, inputSize], dtype: "uint8" },
      targets: { shape: [batchSize, classes], dtype: "float32" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (weights, { pixels, targets }) =>
      withGradients(
        (weights) => {
          const images = tf.mul(pixels!, 1 / 255) as Tensor2D;
          const { logits } = classify(weights, images);
          const terms = tf.mul(targets!, tf.logSoftmax(logits));
          return { loss: tf.neg(tf.mean(tf.sum(terms, 1))) as Scalar };
        },
        weights,
        null,
      ),
  };
}

/**
 * `features` `[B, F]` and `logits` `[B, classes]` of `images` `[B, P]`, floats in
 * [0, 1].
 */
export function classifierProgram(
  { variables, batchSize, inputSize }: Omit<
    ClassifierProgramOptions,
    "classes"
  >,
): ProgramSpec {
  return {
    variables,
    inputs: { images: { shape: [batchSize, inputSize], dtype: "float32" } },
    compute: (weights, { images }) => {
      const { features, logits } = classify(weights, images as Tensor2D);
      return { features, logits };
    },
  };
}

function classify(weights: Tensors, images: Tensor2D) {
  const layer = (path: string) => ({
    kernel: weights[`${path}/kernel`]!,
    bias: weights[`${path}/bias`]!,
  });
  let features = images;
  for (let i = 0; `hidden/${i}/kernel` in weights; i++) {
    features = dense(features, layer(`hidden/${i}`), "relu");
  }
  return { features, logits: dense(features, layer("output"), "linear") };
}
