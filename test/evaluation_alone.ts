/** Configs of programs that want a training's evaluation and no more. @module */

/** Stages to leave out (`without`): all that evaluate does not wait for. */
export const BESIDE_EVALUATION = [
  "sample",
  "explore",
  "classifier",
  "latent_metrics",
  "sample_metrics",
];
