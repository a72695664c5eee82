/** Cholesky factors as a layer gives them before it has learnt. */

import { beforeAll, expect, test } from "vitest";
import { createRandom } from "../../core/engine/random.ts";
import { type Tensor2D, tf } from "../../core/mod.ts";
import { cholesky } from "../../plugins/_cholesky.ts";
import { useBackend } from "../engine/backends.ts";

beforeAll(() => useBackend("cpu"));

test("L^-1 gives back what L was multiplied with, in 100 dimensions and single precision", () => {
  const worst = tf.tidy(() => {
    const random = createRandom({ seed: 3, step: 0 });
    const factor = cholesky(100);
    const { units, constrain } = factor.parameter(1e-4);
    // Diagonals of 0.0025 to 0.02: of a narrow prior.
    const raw = tf.sub(random.normal([4, units]), 5) as Tensor2D;
    const below = random.normal([4, units]);
    const packed = tf.where(
      tf.greater(constrain(tf.zeros([4, units]) as Tensor2D), 0),
      constrain(raw),
      below,
    ) as Tensor2D;
    const noise = random.normal([4, 100]) as Tensor2D;
    // The mean that a draw is added to takes digits away.
    const draw = tf.sub(factor.multiply(packed, noise), 1);
    const again = factor.solve(packed, tf.add(draw, 1));
    return tf.max(tf.abs(tf.sub(again, noise))).dataSync()[0];
  });
  expect(worst).toBeLessThan(0.01);
});
