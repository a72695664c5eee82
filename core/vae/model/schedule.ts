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
