/** What a model gives must be numbers before it is drawn or averaged. @module */

import { RunError } from "../../lib/errors.ts";
import type { ResolvedPrior } from "../plugin/prior.ts";
import type { ModelContext } from "./_context.ts";

/** Whose values {@link requireNumbers} looks at. */
export interface NumbersOf {
  readonly stage: string;
  readonly prior: Pick<ResolvedPrior, "label" | "definition">;
}

/**
 * Refuses values that are none, by what they are called for a person. In a
 * compiled program nobody has looked at what the prior gives.
 *
 * @param when At which weights; default after training.
 * @throws {RunError} naming stage and prior.
 */
export function requireNumbers(
  values: Readonly<Record<string, Float32Array | Float64Array>>,
  { stage, prior: { label, definition } }: NumbersOf,
  when = "after training",
): void {
  for (const [what, numbers] of Object.entries(values)) {
    const place = numbers.findIndex((value) => !Number.isFinite(value));
    if (place < 0) continue;
    const bad = numbers.filter((value) => !Number.isFinite(value)).length;
    throw new RunError(
      `Cannot run ${stage} of ${label}: prior "${definition.name}": ${when}, ${what} hold ${
        numbers[place]
      }, want finite numbers; ${bad} of ${numbers.length} are not finite`,
      {
        hint:
          "Keep logarithms and quotients of the prior off 0 with a floor, and powers within what single precision holds",
      },
    );
  }
}

/**
 * Refuses terms of the ELBO of images, of a batch or more, that are no numbers.
 *
 * @param images Which they are, as in "test images".
 * @throws {RunError} naming stage, prior and, where the KL is a number, what
 * has taken its draws.
 */
export function requireTerms(
  { kl, reconstruction }: {
    readonly kl: Float32Array;
    readonly reconstruction: Float32Array;
  },
  { images, when, context }: {
    readonly images: string;
    readonly when?: string;
    readonly context: NumbersOf & Pick<ModelContext, "likelihood">;
  },
): void {
  const { name } = context.likelihood.definition;
  requireNumbers(
    {
      [`KLs of ${images}`]: kl,
      [`reconstructions of ${images} from its draws, by likelihood "${name}",`]:
        reconstruction,
    },
    context,
    when,
  );
}
