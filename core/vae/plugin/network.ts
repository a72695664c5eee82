/**
 * The network contract: encoder and decoder of a model, but for the prior's
 * head. `B` is the batch, `H`, `W` and `C` an image's height, width and
 * channels, `F` the number of features, `S` the width of a latent vector.
 *
 * @module
 */

import type * as v from "valibot";
import type { Tensor, Tensor2D, Tensor4D } from "../../engine/tf.ts";
import type { OptionsSchema } from "../../pipeline/stage.ts";
import {
  makePlugin,
  type Plugin,
  type PluginDefinition,
  type PluginEntry,
  type PluginIdentity,
  type PluginReference,
  type ResolvedPlugin,
} from "./kind.ts";
import type { LearntParameter } from "./learnt.ts";

/** Sizes of an image. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Parameters before training by their paths, `encoder/0/kernel`, in the order
 * of the layers. Those of a layer, whose paths differ in the last part alone,
 * draw their initial values from one seeded stream, in their order.
 */
export type NetworkParameters = Readonly<Record<string, LearntParameter>>;

/** Tensors of a network's parameters, by their paths. */
export type NetworkWeights = Readonly<Record<string, Tensor>>;

/** Images to features. */
export interface EncoderNetwork {
  /** Their paths begin with `encoder/`. */
  readonly parameters: NetworkParameters;
  /** How many there are, `F`. */
  readonly features: number;
  /**
   * What the prior's head makes the posterior of, a row for each image and of
   * no other.
   *
   * @param images `[B, H, W, C]` in [0, 1]
   * @returns `[B, F]`
   */
  apply(weights: NetworkWeights, images: Tensor4D): Tensor2D;
}

/** Latent vectors to the likelihood's parameters. */
export interface DecoderNetwork {
  /** Their paths begin with `decoder/` or, of a last layer, `output/`. */
  readonly parameters: NetworkParameters;
  /**
   * Unconstrained parameters of p(x|z), a row for each latent vector and of no
   * other: those of a value of a pixel side by side.
   *
   * @param latent `[B, S]`
   * @returns `[B, H, W, C * outputs]`, or the same in `[B, H * W * C * outputs]`
   */
  apply(weights: NetworkWeights, latent: Tensor2D): Tensor2D | Tensor4D;
}

/** What a decoder is made for. */
export interface DecoderSizes {
  /** Width `S` of a latent vector. */
  readonly latentWidth: number;
  /** Parameters of the likelihood for each value of a pixel. */
  readonly outputs: number;
}

/** Both halves of a network, for images of one shape. */
export interface Network {
  readonly encoder: EncoderNetwork;
  decoder(sizes: DecoderSizes): DecoderNetwork;
}

/** A network as its author declares it. */
export interface NetworkSource<Schema extends OptionsSchema>
  extends PluginIdentity<Schema> {
  /**
   * The network for validated options and images of a shape.
   *
   * @throws {UserError} where it takes no such images.
   */
  create(options: v.InferOutput<Schema>, image: ImageShape): Network;
}

/** A network as the core handles it. */
export type NetworkDefinition = PluginDefinition<ImageShape, Network>;

/** A network with its options, as it stands in a config: a pure value. */
export type NetworkReference = PluginReference<NetworkDefinition>;

/** A network's plugin: calling it with options gives the value that a config lists. */
export type NetworkPlugin<Schema extends OptionsSchema = OptionsSchema> =
  Plugin<Schema, NetworkDefinition>;

/** A network in a config. */
export type NetworkEntry = PluginEntry<NetworkDefinition>;

/** A network with its options, checked. */
export type ResolvedNetwork = ResolvedPlugin<NetworkDefinition>;

/** The network of a trial, as a stage has it: held to its contract. */
export interface TrialNetwork extends ResolvedNetwork {
  /**
   * Builds it for images of a shape.
   *
   * @throws {UserError} naming the network, where what it gives is none.
   */
  build(image: ImageShape): Network;
}

/** Declares a network; the default export of a plugin's module. */
export function defineNetwork<const Schema extends OptionsSchema>(
  source: NetworkSource<Schema>,
): NetworkPlugin<Schema> {
  return makePlugin("network", source as unknown as NetworkDefinition);
}
