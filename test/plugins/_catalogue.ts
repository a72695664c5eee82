/** Cases with exact values, and what of a prior is held against them. @module */

import { expect } from "vitest";
import { tf } from "../../core/engine/tf.ts";
import type { Posterior, Tensor, Tensor2D } from "../../core/mod.ts";

/** A case of a fixture; test/fixtures/priors/generate.py says what is what. */
export interface Case {
  readonly options: Readonly<Record<string, number | string>>;
  readonly latentDim: number;
  readonly posterior: Parameters;
  readonly kl: number;
  readonly klError?: number;
  readonly mean?: readonly number[];
  readonly moment?: "square" | "sine";
  readonly gradient?: Parameters;
  readonly points: readonly (readonly number[])[];
  readonly logPosterior: readonly number[];
  readonly logPrior: readonly number[];
  readonly quantiles: readonly number[];
  readonly priorQuantiles: readonly number[];
}

/** A number a unit, by parameter. */
export type Parameters = Readonly<Record<string, readonly number[]>>;

/** E f(s) of s = z_1 + 2 z_2 + ..., a term a row: `[N]`. */
export function momentOf(latent: Tensor2D, moment: "square" | "sine"): Tensor {
  const weights = Array.from({ length: latent.shape[1] }, (_, i) => i + 1);
  const s = tf.sum(tf.mul(latent, weights), 1);
  return moment === "sine" ? tf.sin(s) : tf.add(s, tf.square(s));
}

/** The same parameters in `count` rows. */
export function rows(parameters: Parameters, count: number): Posterior {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, row]) => [
      key,
      tf.tile(tf.tensor2d([row as number[]]), [count, 1]),
    ]),
  );
}

/** Its derivative is along the sphere, as the fixture's is. */
export function unitVectors(x: Tensor, name: string): Tensor2D {
  const size = name === "von_mises" ? 2 : x.shape[1]!;
  const vectors = tf.reshape(x, [-1, x.shape[1]! / size, size]);
  const length = tf.norm(vectors, 2, 2, true);
  return tf.reshape(tf.div(vectors, length), x.shape as [number, number]);
}

/** What `compute` gives, row by row. */
export function rowsOf(compute: () => Tensor2D): number[][] {
  const tensor = tf.tidy(compute);
  const data = tensor.arraySync();
  tensor.dispose();
  return data;
}

/** The values of what `compute` gives. */
export function values(compute: () => Tensor): Float32Array {
  const tensor = tf.tidy(compute);
  const data = (tensor.dataSync() as Float32Array).slice();
  tensor.dispose();
  return data;
}

/** Whether a number is exact but for these errors. */
export function expectClose(
  found: number,
  exact: number,
  { say, relative, absolute = 1e-5 }: {
    readonly say: unknown;
    readonly relative: number;
    readonly absolute?: number | undefined;
  },
): void {
  expect(
    Math.abs(found - exact),
    `${found}, not ${exact}, of ${JSON.stringify(say)}`,
  ).toBeLessThan(relative * Math.abs(exact) + absolute);
}

/** Chi-squared of the draws between the quantiles of 5%, 10% ... 95%. */
export function expectQuantiles(
  draws: readonly number[],
  quantiles: readonly number[],
  say: unknown,
): void {
  const counts = new Array<number>(quantiles.length + 1).fill(0);
  for (const draw of draws) {
    const bin = quantiles.findIndex((quantile) => draw < quantile);
    counts[bin < 0 ? quantiles.length : bin]!++;
  }
  const expected = draws.length / counts.length;
  const chiSquared = counts.reduce(
    (sum, count) => sum + (count - expected) ** 2 / expected,
    0,
  );
  // 19 degrees of freedom: above 60 four times in a million.
  expect(chiSquared, `${counts} of ${JSON.stringify(say)}`).toBeLessThan(60);
}
