/** What a trained model gives must be numbers before it is drawn or averaged. @module */

import { RunError } from "../../lib/errors.ts";
import type { ResolvedPrior } from "../plugin/prior.ts";

/**
 * Refuses values that are none, by what they are called for a person. In a
 * compiled program nobody has looked at what the prior gives.
 *
 * @throws {RunError} naming stage and prior.
 */
export function requireNumbers(
  values: Readonly<Record<string, Float32Array>>,
  { stage, prior: { label, definition } }: {
    readonly stage: string;
    readonly prior: Pick<ResolvedPrior, "label" | "definition">;
  },
): void {
  for (const [what, numbers] of Object.entries(values)) {
    const place = numbers.findIndex((value) => !Number.isFinite(value));
    if (place < 0) continue;
    const bad = numbers.filter((value) => !Number.isFinite(value)).length;
    throw new RunError(
      `Cannot run ${stage} of ${label}: prior "${definition.name}": after training, ${what} hold ${
        numbers[place]
      }, want finite numbers; ${bad} of ${numbers.length} are not finite`,
      {
        hint:
          "Keep logarithms and quotients of the prior off 0 with a floor, and powers within what single precision holds",
      },
    );
  }
}
