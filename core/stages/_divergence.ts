/** What to say when a loss is no number. @module */

import type { Weights } from "../model/artifacts.ts";
import type { StageContext } from "../pipeline/stage.ts";

/** The state at the step that went wrong. */
export interface DivergedStep {
  readonly step: number;
  readonly reconstruction: number;
  readonly kl: number;
  /** As they are after the step. */
  readonly variables: Weights;
}

/** An error that names step, tensor and plugin. */
export function diverged(context: StageContext, at: DivergedStep): Error {
  const { definition, label } = context.prior;
  const found = [
    ["klDivergence", at.kl] as const,
    ["the reconstruction of its sample", at.reconstruction] as const,
  ].filter(([, value]) => !Number.isFinite(value))
    .map(([what, value]) => `${what} gave ${value}`);
  const weights = Object.entries(at.variables)
    .filter(([, { data }]) => data.some((value) => !Number.isFinite(value)))
    .map(([name]) => `"${name}"`);
  return new Error(
    `Training of ${label} stopped at step ${at.step}: the loss is not finite; prior "${definition.name}": ${
      found.join(" and ") || "the weighted sum overflowed"
    }${
      weights.length > 0
        ? `; weights no longer finite: ${weights.slice(0, 4).join(", ")}`
        : ""
    }. ` +
      "The checkpoint of the last whole epoch is kept. Try a smaller train.learningRate, or set train.clipNorm",
  );
}
