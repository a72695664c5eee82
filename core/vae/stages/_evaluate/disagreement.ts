/** Whether ELBO, densities and draws are of the same model. @module */

import { estimate } from "../../model/estimate.ts";

/** Standard errors: a false alarm in two million. */
const SIGMAS = 5;
/** Nats, and relative to the ELBO: of single precision. */
const ROUNDING = 1e-3;
const RELATIVE = 1e-5;

/**
 * With one draw the importance-weighted NLL has the mean of -ELBO: the one by
 * log q - log p at a draw, the other by the KL. What to say where they differ by
 * more than their error; null where they do not.
 *
 * @param single NLL of one draw of each image, in nats.
 * @param elbo ELBO of the same images, and maybe more.
 */
export function disagreement(
  single: Float64Array,
  elbo: Float64Array,
): string | null {
  const { mean, standardError } = estimate(
    single.map((value, i) => value + elbo[i]!),
  );
  const bound = estimate(elbo.subarray(0, single.length)).mean;
  const allowed = SIGMAS * standardError + ROUNDING +
    RELATIVE * Math.abs(bound);
  // One image tells nothing of the error.
  if (single.length < 2 || Math.abs(mean) <= allowed) return null;
  const why = mean > 0
    ? "the prior's KL, densities and draws do not belong together, so neither figure can be trusted"
    : "its draws show less than its KL counts, as where single precision cannot tell them apart: the ELBO is too low by that much";
  return `The NLL of one draw is ${nats(bound, mean)} nats and -ELBO ${
    nats(bound, 0)
  }, and they should be equal (difference ${mean.toFixed(2)} ± ${
    standardError.toFixed(2)
  }): ${why}`;
}

/** A draw's ratio of densities has this logarithm once in 2e17 draws. */
const LIKELY = 40;

/**
 * The ratio p(z) / q(z|x) has the mean 1, at most, over draws of q, whatever the
 * two are, and so exceeds e^t in one draw of e^t (Markov's inequality). What to
 * say where one does that never happens; null where none does.
 *
 * @param largestRatio log p(z) - log q(z|x) of the draw that has the largest,
 * nats.
 */
export function improbability(largestRatio: number): string | null {
  if (largestRatio <= LIKELY) return null;
  return `A draw has log p(z) - log q(z|x) = ${
    largestRatio.toPrecision(3)
  } nats, and above ${LIKELY} is none in 1e17: the prior's densities and draws do not belong together, or single precision cannot tell them apart, so the NLL cannot be trusted`;
}

function nats(elbo: number, more: number): string {
  return (more - elbo).toFixed(2);
}
