/**
 * A posterior's density at many latents.
 *
 * Densities are given as many posteriors as latents. Where all are one, what
 * depends on the posterior alone, such as a normaliser, is the same for each
 * latent, and may be most of the work. Nearly all densities take one posterior
 * as it is, by broadcasting; those that do not are given it repeated.
 *
 * @module
 */

import { type Tensor1D, type Tensor2D, tf } from "../../engine/tf.ts";
import { repeatRow, toTensor } from "./tensors.ts";

/** Log-densities `[B]` of posteriors `[B, units]`, in raw head outputs, at latents `[B, S]`. */
export type RawDensity = (raw: Tensor2D, latent: Tensor2D) => Tensor1D;

/** `density` of one posterior; asked once whether it broadcasts. */
export function densityOfOne(
  density: RawDensity,
): (row: readonly number[], latent: Tensor2D) => Tensor1D {
  let isBroadcast: boolean | undefined;
  return (row, latent) => {
    const [count] = latent.shape;
    const one = (count: number) => toTensor(repeatRow(row, count));
    if (count > TRIED) {
      isBroadcast ??= broadcasts(density, row, latent);
      if (isBroadcast) return density(one(1), latent);
    }
    return density(one(count), latent);
  };
}

/** Latents that it is tried with. */
const TRIED = 8;
/** Of single precision, relative to 1 or to the value. */
const ROUNDING = 1e-5;

/** Whether one posterior gives what as many as latents give. */
function broadcasts(
  density: RawDensity,
  row: readonly number[],
  latent: Tensor2D,
): boolean {
  const [count, width] = latent.shape;
  return tf.tidy(() => {
    // From all over: grids and draws may begin with what is alike.
    const some = tf.concat(
      Array.from(
        { length: TRIED },
        (_, i) =>
          tf.slice(latent, [Math.floor(i * count / TRIED), 0], [1, width]),
      ),
    );
    const wanted = density(toTensor(repeatRow(row, TRIED)), some);
    let found: Tensor1D;
    try {
      found = density(toTensor(repeatRow(row, 1)), some);
    } catch {
      return false;
    }
    if (found.shape.length !== 1 || found.shape[0] !== TRIED) return false;
    const values = wanted.dataSync();
    return found.dataSync().every((value, i) =>
      Object.is(value, values[i]) ||
      Math.abs(value - values[i]!) <= ROUNDING * (1 + Math.abs(values[i]!))
    );
  });
}
