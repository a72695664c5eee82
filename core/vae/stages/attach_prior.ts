/**
 * `attach_prior`: adds the prior's parameter head to the encoder, the decoder
 * that reads the prior's latent vectors, and the prior's learnt parameters.
 *
 * @module
 */

import * as v from "valibot";
import { initialWeights, stackedLayers } from "../model/initial_weights.ts";
import { initialLearnt } from "../model/learnt.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { layerWidths } from "./_options.ts";

export default defineStage({
  name: "attach_prior",
  version: 1,
  module: import.meta.url,
  description:
    "Adds the prior's head to the encoder, the decoder, and what the prior learns",
  inputs: ["encoder"],
  outputs: ["vae"],
  params: ["prior", "latentDim", "seed"],
  options: v.strictObject({
    decoderHidden: v.optional(
      v.pipe(
        layerWidths(),
        v.description(
          "widths of the decoder's hidden layers; default: the encoder's, mirrored",
        ),
      ),
    ),
  }),
  async run({ encoder }, options, context) {
    const { latentDim, seed } = context;
    const prior = context.prior.build(encoder.inputSize);
    const decoderHidden = options.decoderHidden ?? encoder.hidden.toReversed();
    const latentWidth = prior.latentWidth ?? latentDim;
    const head = Object.fromEntries(
      Object.entries(prior.head).map(([name, { units }]) =>
        [name, units] as const
      ),
    );
    const units = Object.values(head).reduce((sum, n) => sum + n, 0);
    const layers = [
      { path: "head", inputs: encoder.hidden.at(-1)!, outputs: units },
      ...stackedLayers("decoder", latentWidth, decoderHidden),
      {
        path: "output",
        inputs: decoderHidden.at(-1)!,
        outputs: encoder.inputSize,
      },
    ];
    return {
      vae: {
        architecture: {
          inputSize: encoder.inputSize,
          encoderHidden: encoder.hidden,
          decoderHidden,
          latentDim,
          latentWidth,
          head,
        },
        weights: {
          ...encoder.weights,
          ...initialWeights(layers, seed),
          ...initialLearnt(prior, {
            name: context.prior.definition.name,
            seed,
          }),
        },
      },
    };
  },
});
