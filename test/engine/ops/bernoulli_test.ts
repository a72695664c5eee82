import { beforeAll, describe, expect, it } from "vitest";
import {
  bernoulliNegativeLogLikelihood,
  meanBernoulliNegativeLogLikelihood,
} from "../../../core/engine/ops/bernoulli.ts";
import { type Tensor, type Tensor2D, tf } from "../../../core/engine/tf.ts";
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
      const [perImage, mean] = tf.tidy(() => {
        const [l, x] = [tf.tensor2d(LOGITS), tf.tensor2d(TARGET)];
        return [
          [...bernoulliNegativeLogLikelihood(l, x).dataSync()],
          [...meanBernoulliNegativeLogLikelihood(l, x).dataSync()],
        ] as unknown as Tensor[];
      }) as unknown as [number[], number[]];
      perImage.forEach((value, i) =>
        expect(value / sums[i]!).toBeCloseTo(1, 6)
      );
      expect(mean[0]! / ((sums[0]! + sums[1]!) / 2)).toBeCloseTo(1, 6);
    });

    it.skipIf(missing)("has the gradient sigmoid(l) - x, weighted", () => {
      const gradient = (f: (l: Tensor2D, x: Tensor2D) => Tensor) => {
        const g = tf.tidy(() =>
          tf.grad((l) => f(l as Tensor2D, tf.tensor2d(TARGET)))(
            tf.tensor2d(LOGITS),
          )
        );
        const values = [...g.dataSync()];
        g.dispose();
        return values;
      };
      const weighted = gradient((l, x) =>
        tf.sum(
          tf.mul(bernoulliNegativeLogLikelihood(l, x), tf.tensor1d([2, -3])),
        )
      );
      const mean = gradient((l, x) => meanBernoulliNegativeLogLikelihood(l, x));
      LOGITS.flat().forEach((l, k) => {
        const want = slope(l, TARGET.flat()[k]!);
        expect(weighted[k]).toBeCloseTo(want * (k < 4 ? 2 : -3), 5);
        expect(mean[k]).toBeCloseTo(want / 2, 6);
      });
    });
  },
);
