/** A model's two networks as functions that others can call. @module */

import type { ProgramSpec } from "../../engine/program/program.ts";
import { type Tensor2D, tf } from "../../engine/tf.ts";
import { decode, encode } from "../../vae/model/network.ts";
import type { ConvertedTrial } from "../format.ts";

/** A function of a batch of any size. */
export interface ModelFunction {
  readonly name: string;
  /** The same computation for a batch of `rows`. */
  spec(rows: number): ProgramSpec;
}

/**
 * - `decoder`: `latent` `[B, S]` to `logits` and `pixels` `[B, P]`, the
 *   probabilities that pixels are on.
 * - `encoder`: `images` `[B, P]` in [0, 1] to the posterior's parameters, by
 *   their names, and to `posterior_mean` `[B, S]`.
 */
export function modelFunctions(
  { training, weights, prior }: ConvertedTrial,
): readonly ModelFunction[] {
  const { inputSize, latentWidth } = training.architecture;
  const part = (...names: readonly string[]) =>
    Object.fromEntries(
      Object.entries(weights)
        .filter(([name]) => names.includes(name.split("/")[0]!)),
    );
  return [{
    name: "decoder",
    spec: (rows) => ({
      variables: part("decoder", "output"),
      inputs: { latent: { shape: [rows, latentWidth], dtype: "float32" } },
      compute: (weights, { latent }) => {
        const logits = decode(weights, latent as Tensor2D);
        return { logits, pixels: tf.sigmoid(logits) };
      },
    }),
  }, {
    name: "encoder",
    spec: (rows) => ({
      variables: part("encoder", "head"),
      inputs: { images: { shape: [rows, inputSize], dtype: "float32" } },
      compute: (weights, { images }) => {
        const posterior = encode(weights, prior.head, images as Tensor2D);
        return { ...posterior, posterior_mean: prior.posteriorMean(posterior) };
      },
    }),
  }];
}
