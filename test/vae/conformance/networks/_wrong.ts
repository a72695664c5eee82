/** A network that is right, and what can be made wrong of it. @module */

import {
  defineNetwork,
  dense,
  denseParameters,
  type ImageShape,
  type Network,
  type NetworkPlugin,
  type NetworkWeights,
  type Tensor2D,
  tf,
  v,
} from "../../../../core/mod.ts";

/** The network with parts replaced. */
export function networkWith(
  replace: (right: Network, image: ImageShape) => Partial<Network> = () => ({}),
): NetworkPlugin {
  return defineNetwork({
    name: "right",
    version: "1.0.0",
    apiVersion: 1,
    module: import.meta.url,
    description: "One dense layer each way",
    options: v.strictObject({}),
    create: (_, image) => {
      const right = network(image);
      return { ...right, ...replace(right, image) };
    },
  });
}

const WIDTH = 6;

function network({ height, width, channels }: ImageShape): Network {
  const values = height * width * channels;
  return {
    encoder: {
      parameters: denseParameters("encoder/0", {
        inputs: values,
        outputs: WIDTH,
      }),
      features: WIDTH,
      apply: (weights, images) =>
        tf.tanh(
          affine(
            tf.reshape(images, [images.shape[0], values]),
            weights,
            "encoder/0",
          ),
        ),
    },
    decoder: ({ latentWidth, outputs }) => ({
      parameters: denseParameters("output", {
        inputs: latentWidth,
        outputs: values * outputs,
      }),
      apply: (weights, latent) => affine(latent, weights, "output"),
    }),
  };
}

/** A dense layer. */
function affine(
  x: Tensor2D,
  weights: NetworkWeights,
  path: string,
): Tensor2D {
  return dense(x, {
    kernel: weights[`${path}/kernel`]!,
    bias: weights[`${path}/bias`]!,
  }, "linear");
}
