/**
 * Ends of a support in single precision. Draws that lie nearer to a bound than
 * it can tell are held at the nearest number that it can, which so stands for
 * all of them: there a density has to give their mass. Posterior and prior are
 * then densities of the same measure, Lebesgue's between the ends and 1 at each,
 * and their ratio is that of what was really drawn.
 *
 * @module
 */

import { type Tensor, tf } from "../core/mod.ts";

/** An end, by distances from its bound. */
export interface End {
  /** Where draws are held. */
  readonly held: number;
  /** log of the distance that a draw that is held there was within. */
  readonly beyond: number;
}

/** An end where numbers lie close together, as they do next to 0. */
export function endAt(held: number): End {
  return { held, beyond: Math.log(held) };
}

/** Whether a draw at this distance from the bound is held there. */
export function isHeld(distance: Tensor, { held }: End): Tensor {
  // Exponentials of the engines differ in their last digits.
  return tf.lessEqual(distance, held * (1 + 2 ** -20));
}

/**
 * log u^(c - 1), the density of a power of the distance u from a bound, and at
 * its end the logarithm of its integral from the bound, u^c / c. In the shape of
 * both together.
 */
export function logPower(
  distance: Tensor,
  concentration: Tensor | number,
  end: End,
): Tensor {
  return tf.where(
    isHeld(distance, end),
    tf.sub(tf.mul(concentration, end.beyond), tf.log(concentration)),
    tf.mul(tf.sub(concentration, 1), tf.log(distance)),
  );
}
