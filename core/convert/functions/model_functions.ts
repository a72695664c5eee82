/** A model's two networks as functions that others can call. @module */

import type { ProgramSpec } from "../../engine/program/program.ts";
import type { Tensor2D } from "../../engine/tf.ts";
import { decode, decodedMeans, encode } from "../../vae/model/network.ts";
import type { ConvertedTrial } from "../format.ts";

/** A function of a batch of any size. */
export interface ModelFunction {
  readonly name: string;
  /** The same computation for a batch of `rows`. */
  spec(rows: number): ProgramSpec;
}

/**
 * - `decoder`: `latent` `[B, S]` to the likelihood's parameters, by their names
 *   (`logits`), and to `pixels`, its means, `[B, P]` in [0, 1].
 * - `encoder`: `images` `[B, P]` in [0, 1] to the posterior's parameters, by
 *   their names, and to `posterior_mean` `[B, S]`.
 */
export function modelFunctions(
  { training, weights, model }: ConvertedTrial,
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
      variables: part("decoder", "output", "likelihood"),
      inputs: { latent: { shape: [rows, latentWidth], dtype: "float32" } },
      compute: (weights, { latent }) => {
        const z = latent as Tensor2D;
        return {
          ...decode(model, weights, z),
          pixels: decodedMeans(model, weights, z),
        };
      },
    }),
  }, {
    name: "encoder",
    spec: (rows) => ({
      variables: part("encoder", "head"),
      inputs: { images: { shape: [rows, inputSize], dtype: "float32" } },
      compute: (weights, { images }) => {
        const posterior = encode(model, weights, images as Tensor2D);
        return {
          ...posterior,
          posterior_mean: model.prior.posteriorMean(posterior),
        };
      },
    }),
  }];
}
