/**
 * Whether a prior has what an objective asks of it.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import type { ResolvedObjective } from "../plugin/objective.ts";
import type { ResolvedPrior } from "../plugin/prior.ts";
import type { Objective, PriorNeed } from "../plugin/objective.ts";
import type { Prior } from "../plugin/prior.ts";
import { marginalOf } from "./marginal.ts";

/** A prior and an objective that are to train a model together. */
export interface Pairing {
  readonly objective: Pick<ResolvedObjective, "definition" | "label">;
  readonly builtObjective: Objective;
  readonly prior: Pick<ResolvedPrior, "definition" | "options" | "label">;
  readonly builtPrior: Prior;
  readonly latentDim: number;
  /** Values of an image. */
  readonly inputSize: number;
}

/** @throws {UserError} naming both, and what is wanted. */
export function requireNeeds(pairing: Pairing): void {
  const { objective, builtObjective, prior } = pairing;
  for (const need of builtObjective.needs ?? []) {
    if (HAS[need](pairing)) continue;
    throw new UserError(
      `Cannot train ${prior.label} by ${objective.label}: objective "${objective.definition.name}" asks for ${
        WANTED[need]
      }, prior "${prior.definition.name}" has none`,
      {
        hint: `Leave it out: "exclude": [${
          JSON.stringify({ prior: prior.label, objective: objective.label })
        }]; or take another objective`,
      },
    );
  }
}

const WANTED: Readonly<Record<PriorNeed, string>> = {
  densities: "the densities of p(z) and q(z|x)",
  dimensions: "independent dimensions, each with a KL in closed form",
};

const HAS: Readonly<Record<PriorNeed, (pairing: Pairing) => boolean>> = {
  densities: ({ builtPrior }) => builtPrior.densities !== undefined,
  dimensions: ({ builtPrior, prior, ...size }) =>
    marginalOf(builtPrior, { ...prior, ...size }) !== null,
};
