/**
 * How noisy the gradients of the Beta's samplers are: the standard deviation of
 * one draw's gradient of z + z^2 in alpha, for both samplers and several
 * concentrations. Prints the table of plugins/beta_routes.md.
 *
 *     node --import tsx test/plugins/gradient_variance.ts
 *
 * @module
 */

import { createRandom } from "../../core/engine/random.ts";
import { startEngine } from "../../core/engine/start.ts";
import { type Tensor, type Tensor2D, tf } from "../../core/engine/tf.ts";
import { drawBeta, type SamplerRoute } from "../../plugins/_beta_routes.ts";
import { meanOf } from "../engine/statistics.ts";

const CONCENTRATIONS: readonly (readonly [number, number])[] = [
  [0.05, 0.05],
  [0.3, 0.3],
  [1, 1],
  [3, 3],
  [30, 30],
  [300, 300],
  [0.5, 20],
  [20, 0.5],
  [100, 2],
];
const ROWS = 50_000;
const STEPS = 8;

interface Measured {
  readonly mean: number;
  /** Standard deviation of one gradient. */
  readonly deviation: number;
}

await startEngine("native", { threads: 1 });
const rows = CONCENTRATIONS.map(([alpha, beta]) => {
  const [implicit, inverse] = (["implicit", "inverse-cdf"] as const).map(
    (sampler) => measure(sampler, alpha, beta),
  ) as [Measured, Measured];
  return [
    `${alpha}, ${beta}`,
    exact(alpha, beta).toPrecision(3),
    implicit.deviation.toPrecision(3),
    inverse.deviation.toPrecision(3),
    ((implicit.deviation / inverse.deviation) ** 2).toPrecision(2),
  ];
});
const head = [
  "alpha, beta",
  "gradient",
  "implicit",
  "inverse CDF",
  "variances, quotient",
];
process.stdout.write(
  [head, head.map(() => "---"), ...rows].map((row) =>
    `| ${row.join(" | ")} |\n`
  ).join(""),
);

function measure(
  sampler: SamplerRoute,
  alpha: number,
  beta: number,
): Measured {
  const gradients: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const found = tf.tidy(() => {
      const rows = (x: number) => tf.fill([ROWS, 1], x) as Tensor2D;
      const random = createRandom({ seed: 17, step });
      return tf.grad((alpha: Tensor) => {
        const z = drawBeta(sampler, { alpha, beta: rows(beta) }, random);
        return tf.add(z, tf.square(z));
      })(rows(alpha)).dataSync();
    });
    for (const gradient of found) gradients.push(gradient);
  }
  const { mean, error } = meanOf(gradients);
  return { mean, deviation: error * Math.sqrt(gradients.length) };
}

/** d/dalpha of E[z + z^2] = m + m (alpha + 1) / (alpha + beta + 1). */
function exact(alpha: number, beta: number): number {
  const sum = alpha + beta;
  const mean = alpha / sum;
  const meanSlope = beta / sum ** 2;
  const next = (alpha + 1) / (sum + 1);
  return meanSlope * (1 + next) + mean * beta / (sum + 1) ** 2;
}
