/**
 * How well labels are told by a linear map of the points: multinomial logistic
 * regression (Alain and Bengio 2017, "Understanding intermediate layers using
 * linear classifier probes").
 *
 * @module
 */

import type { Estimate } from "../model/artifacts.ts";
import { estimate } from "../model/estimate.ts";
import { minimise } from "./_lbfgs.ts";
import type { Labelled } from "./knn_accuracy.ts";
import type { Points } from "./points.ts";

/** A fitted probe. */
export interface LinearProbe {
  readonly classes: number;
  /** `[classes, width]`, for standardised coordinates. */
  readonly weights: Float64Array;
  /** `[classes]`; they sum to 0. */
  readonly biases: Float64Array;
  /** Mean and standard deviation of each coordinate over the training points. */
  readonly standard: Standard;
  /** Whether the gradient fell below the tolerance. */
  readonly converged: boolean;
}

interface Standard {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Options of {@link fitProbe}. */
export interface ProbeOptions {
  readonly classes: number;
  /** Largest derivative of the mean loss that is as good as 0; default 1e-6. */
  readonly tolerance?: number;
  /** Default 300. */
  readonly iterations?: number;
  readonly pause?: () => Promise<unknown>;
}

/**
 * Fits `softmax(W x + b)` to labels by the sum of cross-entropies plus half the
 * squares of `W`: the model and the penalty of scikit-learn's
 * `LogisticRegression(C=1)`. Coordinates are standardised first, so that the
 * penalty asks nobody for their unit. From 0, on all points at once: the same
 * points give the same probe.
 */
export async function fitProbe(
  { points, labels }: Labelled,
  { classes, tolerance = 1e-6, iterations = 300, pause }: ProbeOptions,
): Promise<LinearProbe> {
  const standard = standardOf(points);
  const inputs = standardise(points, standard);
  const size = { classes, width: points.width, count: points.count };
  const { at, converged } = await minimise(
    (at) => crossEntropy(at, { inputs, labels, size }),
    new Float64Array(classes * (points.width + 1)),
    { tolerance, iterations, pause },
  );
  return {
    classes,
    weights: at.slice(0, classes * points.width),
    biases: at.slice(classes * points.width),
    standard,
    converged,
  };
}

/**
 * Share of the points, from 0 to 1, whose label the probe gives the largest
 * probability, with its binomial standard error.
 */
export function probeAccuracy(
  { classes, weights, biases, standard }: LinearProbe,
  { points, labels }: Labelled,
): Estimate {
  const { width } = points;
  const inputs = standardise(points, standard);
  const right = Float64Array.from(labels, (label, i) => {
    let best = 0;
    let most = -Infinity;
    for (let c = 0; c < classes; c++) {
      let logit = biases[c]!;
      for (let k = 0; k < width; k++) {
        logit += weights[c * width + k]! * inputs[i * width + k]!;
      }
      if (logit > most) [best, most] = [c, logit];
    }
    return best === label ? 1 : 0;
  });
  return estimate(right);
}

interface Problem {
  /** `[count, width]`, standardised. */
  readonly inputs: Float64Array;
  readonly labels: Uint8Array;
  readonly size: Readonly<Record<"classes" | "width" | "count", number>>;
}

/** The penalised loss over the number of points, and its gradient. */
function crossEntropy(
  at: Float64Array,
  { inputs, labels, size: { classes, width, count } }: Problem,
) {
  const gradient = new Float64Array(at.length);
  const bias = classes * width;
  const logits = new Float64Array(classes);
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const row = i * width;
    let most = -Infinity;
    for (let c = 0; c < classes; c++) {
      let logit = at[bias + c]!;
      for (let k = 0; k < width; k++) {
        logit += at[c * width + k]! * inputs[row + k]!;
      }
      logits[c] = logit;
      if (logit > most) most = logit;
    }
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logits[c]! - most);
    const normalizer = most + Math.log(sum);
    const label = labels[i]!;
    loss += normalizer - logits[label]!;
    for (let c = 0; c < classes; c++) {
      const rest = Math.exp(logits[c]! - normalizer) - (c === label ? 1 : 0);
      gradient[bias + c]! += rest;
      for (let k = 0; k < width; k++) {
        gradient[c * width + k]! += rest * inputs[row + k]!;
      }
    }
  }
  for (let w = 0; w < bias; w++) {
    loss += at[w]! ** 2 / 2;
    gradient[w]! += at[w]!;
  }
  return { value: loss / count, gradient: gradient.map((g) => g / count) };
}

function standardOf({ count, width, data }: Points): Standard {
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (let k = 0; k < width; k++) {
    for (let i = 0; i < count; i++) mean[k]! += data[i * width + k]!;
    mean[k]! /= count;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      squares += (data[i * width + k]! - mean[k]!) ** 2;
    }
    deviation[k] = Math.sqrt(squares / count);
  }
  return { mean, deviation };
}

/** A coordinate that never changes becomes 0. */
function standardise(
  { width, data }: Points,
  { mean, deviation }: Standard,
): Float64Array {
  return Float64Array.from(data, (value, place) => {
    const k = place % width;
    return deviation[k]! > 0 ? (value - mean[k]!) / deviation[k]! : 0;
  });
}
