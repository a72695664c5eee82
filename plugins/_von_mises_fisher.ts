/**
 * The von Mises-Fisher distribution of unit vectors in m dimensions, whose
 * density is exp(concentration * cosine of the angle to the mean direction),
 * normalised; in two dimensions it is the von Mises distribution.
 *
 * @module
 */

import {
  besselRatio,
  logIv,
  type Tensor,
  type Tensor2D,
  tf,
} from "../core/mod.ts";

/**
 * Raw numbers to unit vectors of `size` coordinates, side by side, same shape.
 * Unlike an angle, which jumps by a turn somewhere, a vector lets neighbouring
 * images have neighbouring directions.
 */
export function toUnitVectors(raw: Tensor2D, size: number): Tensor2D {
  const vectors = tf.add(
    tf.reshape(raw, [-1, raw.shape[1] / size, size]),
    Array.from({ length: size }, (_, i) => i === 0 ? OFFSET : 0),
  );
  return tf.reshape(normalise(vectors), raw.shape);
}

/**
 * Moved away from the origin, where a raw vector has no direction and its
 * neighbours have all: layers start there, and dead ones stay.
 */
const OFFSET = 0.5;

/** `x` over its length in the last axis. */
export function normalise(x: Tensor): Tensor {
  const squares = tf.sum(tf.square(x), -1, true);
  return tf.div(x, tf.sqrt(tf.add(squares, 1e-30)));
}

/**
 * E log q(z) under q itself, in `dimension` dimensions. Shape of `concentration`.
 * The density is of area on the sphere, or of angle on the circle.
 */
export function negativeEntropy(
  concentration: Tensor,
  dimension: number,
): Tensor {
  return tf.neg(
    tf.add(
      tf.mul(concentration, tf.sub(1, meanCosine(concentration, dimension))),
      logNormalizer(concentration, dimension),
    ),
  );
}

/** E cos of the angle to the mean direction (Mardia and Jupp 2000, 9.3.8). */
export function meanCosine(concentration: Tensor, dimension: number): Tensor {
  return besselRatio(dimension / 2 - 1, concentration);
}

/**
 * log q(z) of unit vectors `[..., m]` with mean directions `[..., m]` and
 * concentrations `[...]`.
 */
export function logDensity(
  latent: Tensor,
  { direction, concentration }: Readonly<
    Record<"direction" | "concentration", Tensor>
  >,
): Tensor {
  // 1 - cosine is half of the squared distance, which does not cancel.
  const squares = tf.sum(tf.square(tf.sub(latent, direction)), -1);
  return tf.sub(
    tf.mul(-0.5, tf.mul(concentration, squares)),
    logNormalizer(concentration, latent.shape.at(-1)!),
  );
}

/** Logarithm of the integral of exp(concentration (cosine - 1)) (Mardia and Jupp 2000, 9.3.4). */
export function logNormalizer(
  concentration: Tensor,
  dimension: number,
): Tensor {
  const order = dimension / 2 - 1;
  return tf.add(
    tf.sub(
      logIv(order, concentration),
      tf.mul(order, tf.log(concentration)),
    ),
    dimension / 2 * Math.log(2 * Math.PI),
  );
}
