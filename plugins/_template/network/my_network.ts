/**
 * The network my_network: one hidden layer each way, to begin with. Make it
 * yours from top to bottom, wherever it says "Change", and after each change ask
 *
 *     vae-priors check ./my_network.ts
 *
 * Say here where the layers come from: author, year, section.
 *
 * @module
 */

import {
  defineNetwork,
  dense,
  denseParameters,
  type NetworkWeights,
  type Tensor2D,
  tf,
  v,
} from "vae-priors";

/** The network my_network(units), of hyperbolic tangents. */
export default defineNetwork({
  name: "my_network",
  version: "0.1.0",
  apiVersion: 1,
  module: import.meta.url,
  // Change: one line for `vae-priors list`.
  description: "One hidden layer of hyperbolic tangents each way",
  // Change: what a config may set. Each has a default, and bounds that hold.
  options: v.strictObject({
    units: v.optional(
      v.pipe(
        v.number(),
        v.integer(),
        v.minValue(1),
        v.description("of each hidden layer"),
      ),
      200,
    ),
  }),
  label: ({ units }) => `MyNetwork(${units})`,
  create: ({ units }, { height, width, channels }) => {
    const values = height * width * channels;
    return {
      encoder: {
        // Change: all weights that `apply` reads. Paths begin with `encoder/`.
        parameters: denseParameters("encoder/hidden", {
          inputs: values,
          outputs: units,
        }),
        // Change: how many features `apply` gives; the prior's head reads them.
        features: units,
        // Change: images `[B, H, W, C]` in [0, 1] to features `[B, F]`.
        apply: (weights, images) =>
          hidden(
            "encoder/hidden",
            weights,
            tf.reshape(images, [images.shape[0], values]),
          ),
      },
      decoder: ({ latentWidth, outputs }) => ({
        // Change: as above; paths begin with `decoder/`, the last layer's with `output/`.
        parameters: {
          ...denseParameters("decoder/hidden", {
            inputs: latentWidth,
            outputs: units,
          }),
          ...denseParameters("output", {
            inputs: units,
            outputs: values * outputs,
          }),
        },
        // Change: latent vectors `[B, S]` to the likelihood's parameters, any
        // real number, `[B, H, W, C * outputs]` or the same in `[B, H * W * C * outputs]`.
        apply: (weights, latent) =>
          dense(
            hidden("decoder/hidden", weights, latent),
            layer("output", weights),
            "linear",
          ),
      }),
    };
  },
});

/** Change: a hidden layer, `[B, inputs]` to `[B, units]`. */
function hidden(
  path: string,
  weights: NetworkWeights,
  inputs: Tensor2D,
): Tensor2D {
  return tf.tanh(dense(inputs, layer(path, weights), "linear"));
}

function layer(path: string, weights: NetworkWeights) {
  return { kernel: weights[`${path}/kernel`]!, bias: weights[`${path}/bias`]! };
}
