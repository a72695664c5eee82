/**
 * How the times of the default stages go with their options: for an estimate,
 * never for a result.
 *
 * @module
 */

import type { Difference } from "../../pipeline/reason/differences.ts";
import type { TimeScale } from "../../pipeline/reason/expected_times.ts";

/** Options as a config has them, `train.epochs`; `train.*` are all of a stage. */
interface Dependence {
  /** Twice as much takes twice as long. */
  readonly proportional?: readonly string[];
  /** These may be anything. */
  readonly indifferent?: readonly string[];
}

/** Of each default stage. */
export const dependences: Readonly<Record<string, Dependence>> = {
  load_mnist: { indifferent: ["load_mnist.*"] },
  build_encoder: { indifferent: ["load_mnist.*", "build_encoder.*"] },
  attach_prior: {
    indifferent: ["load_mnist.*", "build_encoder.*", "attach_prior.*"],
  },
  train: {
    proportional: ["train.epochs", "load_mnist.trainLimit"],
    indifferent: [
      "load_mnist.testLimit",
      "train.learningRate",
      "train.schedule",
      "train.finalShare",
      "train.clipNorm",
      "train.binarization",
      "train.validation",
      "train.adam",
    ],
  },
  sample: { indifferent: ["load_mnist.*", "train.*", "sample.weights"] },
  evaluate: {
    proportional: [
      "evaluate.nllSamples",
      "evaluate.nllImages",
      "load_mnist.testLimit",
    ],
    indifferent: [
      "load_mnist.trainLimit",
      "train.*",
      "evaluate.nllSweep",
      "evaluate.weights",
    ],
  },
  latent_metrics: { indifferent: ["train.*", "latent_metrics.weights"] },
  classifier: {
    proportional: ["classifier.epochs", "load_mnist.trainLimit"],
    indifferent: ["load_mnist.testLimit", "classifier.seed"],
  },
  sample_metrics: {
    indifferent: [
      "train.*",
      "classifier.epochs",
      "classifier.batchSize",
      "classifier.seed",
      "sample_metrics.weights",
    ],
  },
  explore: {
    indifferent: ["load_mnist.trainLimit", "train.*", "explore.weights"],
  },
};

/** Fields that are no options; priors and dimensions are of one magnitude. */
const INDIFFERENT =
  /^(?:stage|prior|likelihood|latentDim|seed)(?:\.|$)|^engine\.(?:version|source)$/;

/**
 * The {@link TimeScale} of the default stages. Of an option that is not known
 * here, of other data and of another engine it says nothing.
 */
export const timeScale: TimeScale = (stage, difference) => {
  const { field } = difference;
  if (INDIFFERENT.test(field)) return 1;
  const { proportional = [], indifferent = [] } = dependences[stage] ?? {};
  const names = [`${difference.stage}.*`];
  if (field.startsWith("option.")) {
    names.push(`${difference.stage}.${field.slice("option.".length)}`);
  }
  if (names.some((name) => indifferent.includes(name))) return 1;
  return names.some((name) => proportional.includes(name))
    ? ratioOf(difference)
    : null;
};

/** After to before; null where either is no number above 0. */
function ratioOf({ before, after }: Difference): number | null {
  const [was, is] = [before, after].map((text) => Number(text ?? NaN));
  return was! > 0 && is! > 0 ? is! / was! : null;
}
