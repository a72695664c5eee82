/** What to say when a loss is no number. @module */

import { RepeatableError } from "../../../lib/errors.ts";
import type { Weights } from "../../model/artifacts.ts";
import type { ModelContext } from "../_context.ts";

/** The state at the step that went wrong. */
export interface DivergedStep {
  readonly step: number;
  readonly reconstruction: number;
  readonly kl: number;
  /** Whether the KL is of the prior's densities, at draws that the objective weighs. */
  readonly byDensities: boolean;
  /** As they are after the step. */
  readonly variables: Weights;
}

/** An error that names step, tensor and plugin. */
export function diverged(
  context: ModelContext,
  at: DivergedStep,
): RepeatableError {
  const { definition, label } = context.prior;
  const found = [
    [
      at.byDensities ? "log q - log p of its densities" : "klDivergence",
      at.kl,
    ] as const,
    ["the reconstruction of its sample", at.reconstruction] as const,
  ].filter(([, value]) => !Number.isFinite(value))
    .map(([what, value]) => `${what} gave ${value}`);
  const weights = Object.entries(at.variables)
    .filter(([, { data }]) => data.some((value) => !Number.isFinite(value)))
    .map(([name]) => `"${name}"`);
  const causes = found.join(" and ") || "the weighted sum overflowed";
  const lost = weights.length === 0
    ? ""
    : `; weights no longer finite: ${weights.slice(0, 4).join(", ")}`;
  return new RepeatableError(
    `The loss of ${label} is not finite at step ${at.step}: prior "${definition.name}": ${causes}${lost}`,
    {
      hint: "Try a smaller train.learningRate, or set train.clipNorm",
    },
  );
}
