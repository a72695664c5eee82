/**
 * Metrics of latents and of samples, one a file. They know points and labels,
 * no model: the stages of `../stages/` say what they are asked of.
 *
 * @module
 */

export {
  ACTIVE,
  type UnitActivity,
  unitActivity,
  type UnitActivityOptions,
} from "./active_units.ts";
export {
  type AggregateDistance,
  aggregateDistance,
  type AggregateDistanceOptions,
} from "./aggregate_distance.ts";
export { copyingProbability } from "./copying.ts";
export { classEntropy, vendiScore } from "./diversity.ts";
export { frechetDistance } from "./frechet_distance.ts";
export { knnAccuracy, type KnnOptions, type Labelled } from "./knn_accuracy.ts";
export {
  fitProbe,
  type LinearProbe,
  probeAccuracy,
  type ProbeOptions,
} from "./linear_probe.ts";
export {
  nearestNeighbours,
  type NeighbourOptions,
  type Neighbours,
} from "./neighbours.ts";
export { type Points, pointsOf, slicePoints } from "./points.ts";
export {
  type PrecisionRecall,
  precisionRecall,
  type PrecisionRecallOptions,
} from "./precision_recall.ts";
export { randomDirections, slicedWasserstein } from "./sliced_wasserstein.ts";
