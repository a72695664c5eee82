/**
 * `attach_prior`: adds the prior's parameter head to the encoder, the decoder
 * that reads the prior's latent vectors, and what prior and likelihood learn.
 *
 * @module
 */

import * as v from "valibot";
import { initialNetwork } from "../model/initial_network.ts";
import { initialLearnt } from "../model/learnt.ts";
import { buildModel, valuesOf } from "../model/model.ts";
import { denseParameters } from "../plugin/layers.ts";
import { defineStage } from "../../pipeline/stage.ts";
import type {} from "../likelihood_axis.ts";
import type {} from "../network_axis.ts";

export default defineStage({
  name: "attach_prior",
  version: 1,
  module: import.meta.url,
  description:
    "Adds the prior's head to the encoder, the decoder, and what the prior learns",
  inputs: ["encoder"],
  outputs: ["vae"],
  params: ["prior", "network", "likelihood", "latentDim", "seed"],
  options: v.strictObject({}),
  moved: {
    decoderHidden: { key: "networks", name: "mlp", option: "decoderHidden" },
  },
  async run({ encoder: { image, features, weights } }, _, context) {
    const { latentDim, seed } = context;
    const { prior, decoder, likelihood } = buildModel(context, image);
    const head = Object.fromEntries(
      Object.entries(prior.head).map(([name, { units }]) =>
        [name, units] as const
      ),
    );
    const units = Object.values(head).reduce((sum, n) => sum + n, 0);
    const { name } = context.network.definition;
    return {
      vae: {
        architecture: {
          inputSize: valuesOf(image),
          image,
          latentDim,
          latentWidth: prior.latentWidth ?? latentDim,
          head,
        },
        weights: {
          ...weights,
          ...initialNetwork(
            denseParameters("head", { inputs: features, outputs: units }),
            { name, seed },
          ),
          ...initialNetwork(decoder.parameters, { name, seed, firstStream: 1 }),
          ...initialLearnt("prior", prior.learnt, {
            name: context.prior.definition.name,
            seed,
          }),
          ...initialLearnt("likelihood", likelihood.learnt, {
            name: context.likelihood.definition.name,
            seed,
          }),
        },
      },
    };
  },
});
