/**
 * What changes while a model trains: the learning rate.
 *
 * @module
 */

/** Shapes of the learning rate over a training. */
type LearningRateSchedule =
  | "constant"
  | "linear"
  | "cosine"
  | "cooldown";

/** A learning-rate schedule. */
export interface LearningRateOptions {
  readonly schedule: LearningRateSchedule;
  /** The rate it starts from. */
  readonly learningRate: number;
  /** Share of it left at the last step; for all but `constant`. */
  readonly finalShare: number;
}

/** Share of the steps in which `cooldown` falls. */
const COOLDOWN = 0.2;

/**
 * The learning rate at `step` of `steps`, counted from 1. `cosine` is the single
 * annealing of Loshchilov and Hutter 2017, eq. 5; `cooldown` is constant and
 * falls linearly over the last fifth (Hägele et al. 2024, section 3).
 */
export function learningRateAt(
  { schedule, learningRate, finalShare }: LearningRateOptions,
  position: { readonly step: number; readonly steps: number },
): number {
  if (schedule === "constant" || position.steps <= 1) return learningRate;
  const progress = (position.step - 1) / (position.steps - 1);
  return learningRate *
    (finalShare + (1 - finalShare) * left(schedule, progress));
}

/**
 * Epochs at the full rate, whole ones from the first on: however many epochs
 * follow, a training with the same rate and the same or a later fall begins
 * with them.
 */
export function epochsBeforeFall(
  { schedule, epochs }:
    & Pick<LearningRateOptions, "schedule">
    & { readonly epochs: number },
): number {
  switch (schedule) {
    case "constant":
      return epochs;
    case "cooldown":
      return Math.floor(epochs * (1 - COOLDOWN));
    case "linear":
    case "cosine":
      return 0;
  }
}

/** What is left of the fall, from 1 to 0. */
function left(
  schedule: Exclude<LearningRateSchedule, "constant">,
  progress: number,
): number {
  switch (schedule) {
    case "linear":
      return 1 - progress;
    case "cosine":
      return (1 + Math.cos(Math.PI * progress)) / 2;
    case "cooldown":
      return Math.min(1, (1 - progress) / COOLDOWN);
  }
}
