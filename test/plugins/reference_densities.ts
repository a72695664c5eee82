/**
 * log p(z) of the priors that learn, written anew in double precision from the
 * papers, one latent vector at a time.
 *
 * @module
 */

import type { Weights } from "../../core/vae/model/artifacts.ts";

/** log p(z) in nats under the values among `weights`. */
export type ReferenceDensity = (
  z: readonly number[],
  weights: ReferenceWeights,
) => number;

/** {@link Weights}, in any precision. */
type ReferenceWeights = Readonly<
  Record<
    string,
    {
      readonly shape: readonly number[];
      readonly data: ArrayLike<number>;
    }
  >
>;

/** Weights in double precision, to be changed by little. */
export function inDouble(
  weights: Weights,
): Record<string, { shape: readonly number[]; data: Float64Array }> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) =>
      [name, { shape, data: Float64Array.from(data) }] as const
    ),
  );
}

/** Of a mixture of Gaussians. */
export const mixtureReference: ReferenceDensity = (z, weights) => {
  const means = rows(weights["prior/means"]!);
  const logScales = rows(weights["prior/logScales"]!);
  const logits = rows(weights["prior/logits"]!)[0]!;
  const normalizer = logSumExp(logits);
  return logSumExp(
    means.map((mean, k) =>
      logits[k]! - normalizer +
      logNormal(z, mean, logScales[k]!.map((x) => Math.exp(x)))
    ),
  );
};

/** Of a VampPrior. */
export const vampReference: ReferenceDensity = (z, weights) => {
  const inputs = rows(weights["prior/pseudoInputs"]!);
  return logSumExp(inputs.map((logOdds) => {
    const image = logOdds.map((x) => 1 / (1 + Math.exp(-x)));
    const hidden = layer(image, weights, "encoder/0").map((x) =>
      Math.max(0, x)
    );
    const raw = layer(hidden, weights, "head");
    const mean = raw.slice(0, z.length);
    const scale = raw.slice(z.length).map((x) =>
      Math.log1p(Math.exp(x)) + 1e-4
    );
    return logNormal(z, mean, scale);
  })) - Math.log(inputs.length);
};

/** Of a RealNVP flow of `layers` couplings: the inverse pass. */
export function flowReference(layers: number): ReferenceDensity {
  return (z, weights) => {
    let x = [...z];
    let logDeterminant = 0;
    for (let i = layers - 1; i >= 0; i--) {
      const moves = (d: number) => d % 2 === i % 2;
      const kept = x.map((value, d) => moves(d) ? 0 : value);
      const hidden = layer(kept, weights, `prior/${i}/hidden`).map((value) =>
        Math.max(0, value)
      );
      const output = layer(hidden, weights, `prior/${i}/output`);
      x = x.map((value, d) => {
        if (!moves(d)) return value;
        const logScale = 2 * Math.tanh(output[d]! / 2);
        logDeterminant += logScale;
        return (value - output[z.length + d]!) * Math.exp(-logScale);
      });
    }
    return logNormal(x, x.map(() => 0), x.map(() => 1)) - logDeterminant;
  };
}

/** log N(z; mean, scale^2) in nats. */
export function logNormal(
  z: readonly number[],
  mean: readonly number[],
  scale: readonly number[],
): number {
  return z.reduce(
    (sum, x, d) =>
      sum - ((x - mean[d]!) / scale[d]!) ** 2 / 2 - Math.log(scale[d]!) -
      Math.log(2 * Math.PI) / 2,
    0,
  );
}

function layer(
  input: readonly number[],
  weights: ReferenceWeights,
  path: string,
): number[] {
  const kernel = rows(weights[`${path}/kernel`]!);
  return rows(weights[`${path}/bias`]!)[0]!.map((bias, column) =>
    input.reduce((sum, x, row) => sum + x * kernel[row]![column]!, bias)
  );
}

function rows({ shape, data }: ReferenceWeights[string]): number[][] {
  const width = shape.at(-1)!;
  return Array.from(
    { length: data.length / width },
    (_, row) => Array.from({ length: width }, (_, i) => data[row * width + i]!),
  );
}

function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest +
    Math.log(values.reduce((sum, x) => sum + Math.exp(x - largest), 0));
}
