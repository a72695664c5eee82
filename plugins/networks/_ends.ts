/**
 * What lies between maps of features and the model: a dense layer, or none, to
 * the features, and from latent vectors the same in reverse.
 *
 * @module
 */

import {
  dense,
  denseParameters,
  type NetworkParameters,
  type NetworkWeights,
  type Tensor2D,
  type Tensor4D,
  tf,
  v,
} from "vae-priors";
import { activate, type ActivationName } from "./_activation.ts";
import type { Size } from "./_convolution.ts";
import { layerAt } from "./_weights.ts";

/** The option `dense`. */
export const denseOption = v.optional(
  v.pipe(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    v.description("width of the dense layer; null: none"),
  ),
  256,
);

/** The smallest maps, and the dense layer beside them. */
export interface Ends extends Size {
  readonly channels: number;
  /** Width of the dense layer; null: none. */
  readonly units: number | null;
  readonly activation: ActivationName;
}

/** Numbers of the smallest maps. */
export function numbersOf({ height, width, channels }: Ends): number {
  return height * width * channels;
}

/** Parameters of {@link toFeatures}. */
export function featureParameters(ends: Ends): NetworkParameters {
  const { units } = ends;
  if (units === null) return {};
  return denseParameters("encoder/dense", {
    inputs: numbersOf(ends),
    outputs: units,
  });
}

/** Maps `[B, h, w, C]` to features `[B, F]`. */
export function toFeatures(
  maps: Tensor4D,
  weights: NetworkWeights,
  ends: Ends,
): Tensor2D {
  const features: Tensor2D = tf.reshape(maps, [
    maps.shape[0],
    numbersOf(ends),
  ]);
  return ends.units === null
    ? features
    : layer(features, weights, { path: "encoder/dense", ...ends });
}

/** Parameters of {@link toMaps}. */
export function mapParameters(
  latentWidth: number,
  ends: Ends,
): NetworkParameters {
  const { units } = ends;
  return {
    ...(units === null ? {} : denseParameters("decoder/dense", {
      inputs: latentWidth,
      outputs: units,
    })),
    ...denseParameters("decoder/maps", {
      inputs: units ?? latentWidth,
      outputs: numbersOf(ends),
    }),
  };
}

/** Latent vectors `[B, S]` to maps `[B, h, w, C]`, before an activation. */
export function toMaps(
  latent: Tensor2D,
  weights: NetworkWeights,
  ends: Ends,
): Tensor4D {
  const { height, width, channels, units } = ends;
  const input = units === null
    ? latent
    : layer(latent, weights, { path: "decoder/dense", ...ends });
  return tf.reshape(
    dense(input, layerAt(weights, "decoder/maps"), "linear"),
    [latent.shape[0], height, width, channels],
  );
}

function layer(
  x: Tensor2D,
  weights: NetworkWeights,
  { path, activation }: {
    readonly path: string;
    readonly activation: ActivationName;
  },
): Tensor2D {
  return activate(dense(x, layerAt(weights, path), "linear"), activation);
}
