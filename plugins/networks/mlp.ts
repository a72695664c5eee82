/**
 * A multilayer perceptron: dense layers of rectified units, the decoder's the
 * encoder's mirrored.
 *
 * @module
 */

import {
  defineNetwork,
  dense,
  denseParameters,
  type NetworkParameters,
  type NetworkWeights,
  type Tensor2D,
  tf,
  v,
} from "vae-priors";

const widths = () =>
  v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(1))),
    v.minLength(1),
  );

export default defineNetwork({
  name: "mlp",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Dense layers of rectified units",
  options: v.strictObject({
    hidden: v.optional(
      v.pipe(
        widths(),
        v.description(
          "widths of the encoder's hidden layers, from the image on",
        ),
      ),
      [400],
    ),
    decoderHidden: v.optional(
      v.pipe(
        widths(),
        v.description(
          "widths of the decoder's hidden layers; default: the encoder's, mirrored",
        ),
      ),
    ),
  }),
  label: ({ hidden, decoderHidden }) =>
    `MLP(${
      [hidden, ...(decoderHidden ? [decoderHidden] : [])]
        .map((widths) => widths.join("-")).join(",")
    })`,
  create: (
    { hidden, decoderHidden = hidden.toReversed() },
    { height, width, channels },
  ) => {
    const values = height * width * channels;
    return {
      encoder: {
        parameters: stackParameters("encoder", values, hidden),
        features: hidden.at(-1)!,
        apply: (weights, images) =>
          stack(
            "encoder",
            weights,
            tf.reshape(images, [images.shape[0], values]),
          ),
      },
      decoder: ({ latentWidth, outputs }) => ({
        parameters: {
          ...stackParameters("decoder", latentWidth, decoderHidden),
          ...denseParameters("output", {
            inputs: decoderHidden.at(-1)!,
            outputs: values * outputs,
          }),
        },
        apply: (weights, latent) =>
          dense(
            stack("decoder", weights, latent),
            layer(weights, "output"),
            "linear",
          ),
      }),
    };
  },
});

function stackParameters(
  name: string,
  inputs: number,
  widths: readonly number[],
): NetworkParameters {
  return Object.assign(
    {},
    ...widths.map((outputs, i) =>
      denseParameters(`${name}/${i}`, {
        inputs: widths[i - 1] ?? inputs,
        outputs,
      })
    ),
  );
}

function stack(
  name: string,
  weights: NetworkWeights,
  input: Tensor2D,
): Tensor2D {
  let x = input;
  for (let i = 0; `${name}/${i}/kernel` in weights; i++) {
    x = dense(x, layer(weights, `${name}/${i}`), "relu");
  }
  return x;
}

function layer(weights: NetworkWeights, path: string) {
  return { kernel: weights[`${path}/kernel`]!, bias: weights[`${path}/bias`]! };
}
