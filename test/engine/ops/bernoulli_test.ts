import { beforeAll, describe, expect, it } from "vitest";
import { bernoulliNegativeLogLikelihood } from "../../../core/engine/ops/bernoulli.ts";
import { type Tensor2D, tf } from "../../../core/engine/tf.ts";
import { ENGINES, useBackend } from "../backends.ts";

/** From certain to absurd: sigmoid is 0 or 1 at both ends in single precision. */
const LOGITS = [[-200, -30, -3, -0.1], [0, 0.1, 30, 200]];
const TARGET = [[0, 1, 0.25, 1], [1, 0, 1, 0.5]];

/** In double precision: `max(l, 0) - l x + log(1 + exp(-|l|))`. */
function exact(l: number, x: number): number {
  return Math.max(l, 0) - l * x + Math.log1p(Math.exp(-Math.abs(l)));
}

function slope(l: number, x: number): number {
  return (l < 0 ? Math.exp(l) / (1 + Math.exp(l)) : 1 / (1 + Math.exp(-l))) - x;
}

describe.each(ENGINES)(
  "Bernoulli likelihood on $title",
  ({ name, missing }) => {
    beforeAll(() => missing ? undefined : useBackend(name));
    const rows = LOGITS.map((row, i) =>
      row.map((l, j) => exact(l, TARGET[i]![j]!))
    );
    const sums = rows.map((row) => row.reduce((a, b) => a + b, 0));

    it.skipIf(missing)("is exact from one end to the other", () => {
      const tensor = tf.tidy(() =>
        bernoulliNegativeLogLikelihood(tf.tensor2d(LOGITS), tf.tensor2d(TARGET))
      );
      tensor.dataSync().forEach((value, i) =>
        expect(value / sums[i]!).toBeCloseTo(1, 6)
      );
      tensor.dispose();
    });

    it.skipIf(missing)("has the gradient sigmoid(l) - x, weighted", () => {
      const gradient = tf.tidy(() =>
        tf.grad((l) =>
          tf.sum(
            tf.mul(
              bernoulliNegativeLogLikelihood(
                l as Tensor2D,
                tf.tensor2d(TARGET),
              ),
              tf.tensor1d([2, -3]),
            ),
          )
        )(tf.tensor2d(LOGITS))
      );
      const values = [...gradient.dataSync()];
      gradient.dispose();
      LOGITS.flat().forEach((l, k) => {
        const want = slope(l, TARGET.flat()[k]!) * (k < 4 ? 2 : -3);
        expect(values[k]).toBeCloseTo(want, 5);
      });
    });
  },
);
