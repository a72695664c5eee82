/**
 * A multilayer perceptron: dense layers, the decoder's the encoder's mirrored.
 *
 * @module
 */

import {
  defineNetwork,
  dense,
  denseParameters,
  tf,
  UserError,
  v,
} from "vae-priors";
import { ACTIVATIONS } from "./_activation.ts";
import { hasResidual, stack, stackParameters } from "./_stack.ts";
import { layerAt } from "./_weights.ts";

const widths = () =>
  v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(1))),
    v.minLength(1),
  );

export default defineNetwork({
  name: "mlp",
  version: "1.1.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Dense layers",
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
    activation: v.optional(
      v.pipe(
        v.picklist([...ACTIVATIONS, "gated"]),
        v.description(
          "what follows each hidden layer; gated: (W x + b) sigmoid(V x + c)",
        ),
      ),
      "relu",
    ),
    residual: v.optional(
      v.pipe(
        v.boolean(),
        v.description(
          "adds its input to each layer that is as wide as what comes in; others are as without",
        ),
      ),
      false,
    ),
  }),
  label: ({ hidden, decoderHidden, activation, residual }) =>
    `MLP(${
      [
        ...[hidden, ...(decoderHidden ? [decoderHidden] : [])]
          .map((widths) => widths.join("-")),
        ...(activation === "relu" ? [] : [activation]),
        ...(residual ? ["residual"] : []),
      ].join(",")
    })`,
  create: (
    { hidden, decoderHidden = hidden.toReversed(), activation, residual },
    { height, width, channels },
  ) => {
    const values = height * width * channels;
    if (residual && !hasResidual(hidden) && !hasResidual(decoderHidden)) {
      throw new UserError(
        `Cannot build network "mlp": "residual" is set, and neither "hidden" (${hidden}) nor "decoderHidden" (${decoderHidden}) has two layers in a row of the same width`,
        { hint: 'Give it some: "hidden": [400, 400]' },
      );
    }
    const style = { activation, residual };
    return {
      encoder: {
        parameters: stackParameters("encoder", [values, ...hidden], style),
        features: hidden.at(-1)!,
        apply: (weights, images) =>
          stack(tf.reshape(images, [images.shape[0], values]), {
            name: "encoder",
            layers: hidden.length,
            weights,
            style,
          }),
      },
      decoder: ({ latentWidth, outputs }) => ({
        parameters: {
          ...stackParameters("decoder", [latentWidth, ...decoderHidden], style),
          ...denseParameters("output", {
            inputs: decoderHidden.at(-1)!,
            outputs: values * outputs,
          }),
        },
        apply: (weights, latent) => {
          const layers = decoderHidden.length;
          const x = stack(latent, { name: "decoder", layers, weights, style });
          return dense(x, layerAt(weights, "output"), "linear");
        },
      }),
    };
  },
});
