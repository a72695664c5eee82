/**
 * Metrics of latents and of samples, one a file. They know points and labels,
 * no model: the stages of `../stages/` say what they are asked of.
 *
 * @module
 */

export { unitActivity } from "./active_units.ts";
export { aggregateDistance } from "./aggregate_distance.ts";
export { copyingProbability } from "./copying.ts";
export { classEntropy, vendiScore } from "./diversity.ts";
export { frechetDistance } from "./frechet_distance.ts";
export { knnAccuracy, type Labelled } from "./knn_accuracy.ts";
export { fitProbe, probeAccuracy } from "./linear_probe.ts";
export { nearestNeighbours } from "./neighbours.ts";
export { type Points, pointsOf } from "./points.ts";
export { precisionRecall } from "./precision_recall.ts";
export { randomDirections, slicedWasserstein } from "./sliced_wasserstein.ts";
