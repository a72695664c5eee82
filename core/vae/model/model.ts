/**
 * A prior, the two halves of a network and a likelihood that fit together.
 *
 * @module
 */

import type {
  DecoderNetwork,
  EncoderNetwork,
  ImageShape,
  Network,
} from "../plugin/network.ts";
import type { Likelihood } from "../plugin/likelihood.ts";
import type { Prior } from "../plugin/prior.ts";

/** What the functions of a model are made of, but for its weights. */
export interface Model {
  readonly prior: Prior;
  readonly encoder: EncoderNetwork;
  readonly decoder: DecoderNetwork;
  readonly likelihood: Likelihood;
  readonly image: ImageShape;
}

/** What a model is built from: what a stage has in its context. */
export interface ModelParts {
  readonly prior: {
    readonly latentDim: number;
    build(inputSize: number): Prior;
  };
  readonly network: { build(image: ImageShape): Network };
  readonly likelihood: { build(inputSize: number): Likelihood };
}

/**
 * The model for images of a shape.
 *
 * @throws {UserError} naming the plugin that gives something else than its
 * contract says.
 */
export function buildModel(
  { prior, network, likelihood }: ModelParts,
  image: ImageShape,
): Model {
  const size = valuesOf(image);
  const builtPrior = prior.build(size);
  const builtLikelihood = likelihood.build(size);
  const { encoder, decoder } = network.build(image);
  return {
    prior: builtPrior,
    encoder,
    decoder: decoder({
      latentWidth: builtPrior.latentWidth ?? prior.latentDim,
      outputs: builtLikelihood.parameters.length,
    }),
    likelihood: builtLikelihood,
    image,
  };
}

/** Values `P` of an image. */
export function valuesOf({ height, width, channels }: ImageShape): number {
  return height * width * channels;
}
