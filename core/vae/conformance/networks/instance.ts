/**
 * A network built for images of one shape: its two halves as functions of their
 * own weights and of one input each.
 *
 * @module
 */

import { uniformStream } from "../../../engine/random.ts";
import { deriveSeed } from "../../../engine/seed.ts";
import {
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tf,
} from "../../../engine/tf.ts";
import type { WeightArray, Weights } from "../../model/artifacts.ts";
import { initialNetwork } from "../../model/initial_network.ts";
import { guardNetwork } from "../../plugin/guard_network.ts";
import type {
  DecoderSizes,
  ImageShape,
  NetworkDefinition,
  NetworkParameters,
  NetworkWeights,
} from "../../plugin/network.ts";
import { sizeOfShape } from "../../../lib/tensor_shape.ts";

/** One half of a network. */
export interface Half {
  /** `encoder` or `decoder`. */
  readonly name: string;
  readonly parameters: NetworkParameters;
  /** Before training. */
  readonly initial: Weights;
  /**
   * The same, each number moved by about a tenth of the scale of its layer:
   * where what starts at 0 no longer hides what lies behind it.
   */
  readonly moved: Weights;
  /** Numbers of a row of its input: pixels of an image, or of a latent vector. */
  readonly inputs: number;
  /** What it makes of `input` `[B, inputs]`: `[B, outputs]`. */
  apply(weights: NetworkWeights, input: Tensor2D): Tensor2D;
}

/** Both halves. */
export interface NetworkInstance {
  readonly image: ImageShape;
  readonly encoder: Half;
  readonly decoder: Half;
}

/** Options of {@link createNetworkInstance}. */
export interface NetworkInstanceOptions {
  readonly options: Readonly<Record<string, unknown>>;
  readonly image: ImageShape;
  readonly sizes: DecoderSizes;
  readonly seed: number;
}

/**
 * Builds it.
 *
 * @throws {UserError} where what `create` gives is no network, or it refuses.
 */
export function createNetworkInstance(
  definition: NetworkDefinition,
  { options, image, sizes, seed }: NetworkInstanceOptions,
): NetworkInstance {
  const { name } = definition;
  const network = guardNetwork(definition.create(options, image), {
    name,
    image,
  });
  const { height, width, channels } = image;
  const { encoder } = network;
  const decoder = network.decoder(sizes);
  const half = (
    half: Pick<Half, "name" | "parameters" | "inputs">,
    apply: (weights: NetworkWeights, input: Tensor2D) => Tensor,
  ): Half => {
    const initial = initialNetwork(half.parameters, {
      name,
      seed: deriveSeed(seed, half.name),
    });
    return {
      ...half,
      initial,
      moved: movedFrom(initial, deriveSeed(seed, half.name)),
      apply: (weights, input) => {
        const rows = input.shape[0];
        return tf.reshape(apply(weights, input), [rows, -1]) as Tensor2D;
      },
    };
  };
  return {
    image,
    encoder: half({
      name: "encoder",
      parameters: encoder.parameters,
      inputs: height * width * channels,
    }, (weights, input) => {
      const shape: Tensor4D["shape"] = [
        input.shape[0],
        height,
        width,
        channels,
      ];
      return encoder.apply(weights, tf.reshape(input, shape));
    }),
    decoder: half({
      name: "decoder",
      parameters: decoder.parameters,
      inputs: sizes.latentWidth,
    }, decoder.apply),
  };
}

/** Arrays as tensors, by name; the caller's tidy frees them. */
export function tensorsOf(weights: Weights): NetworkWeights {
  return Object.fromEntries(
    Object.entries(weights).map(([path, { shape, data }]) =>
      [path, tf.tensor(data, [...shape])] as const
    ),
  );
}

const MOVE = 0.1;

function movedFrom(weights: Weights, seed: number): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([path, array]) => {
      const uniform = uniformStream(deriveSeed(seed, path), 1);
      const most = MOVE * scaleOf(array);
      const data = array.data.map((x) => x + most * (2 * uniform() - 1));
      return [path, { ...array, data }] as const;
    }),
  );
}

/** The scale of a layer: one over the root of how many numbers go into each that comes out. */
function scaleOf({ shape }: Pick<WeightArray, "shape">): number {
  const size = sizeOfShape(shape);
  return 1 / Math.sqrt(size / (shape.at(-1) ?? 1));
}
