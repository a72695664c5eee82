/**
 * Parameters of layers, for authors of networks.
 *
 * @module
 */

import type { LearntParameter } from "./learnt.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/**
 * Kernel `[inputs, outputs]` and bias `[outputs]` of a dense layer, as
 * `<path>/kernel` and `<path>/bias`, uniform on +-1/sqrt(inputs): the default of
 * PyTorch's linear layer, so that results compare.
 */
export function denseParameters(
  path: string,
  { inputs, outputs }: { readonly inputs: number; readonly outputs: number },
): Readonly<Record<string, LearntParameter>> {
  const limit = 1 / Math.sqrt(inputs);
  return {
    [`${path}/kernel`]: uniformParameter([inputs, outputs], limit),
    [`${path}/bias`]: uniformParameter([outputs], limit),
  };
}

/** Sizes of a layer of convolutions. */
export interface ConvolutionSizes {
  /** Height and width of its filters. */
  readonly size: number;
  /** Channels that come in. */
  readonly inputs: number;
  /** Channels that go out. */
  readonly outputs: number;
}

/**
 * Kernel `[size, size, inputs, outputs]` and bias `[outputs]` for `tf.conv2d`, as
 * `<path>/kernel` and `<path>/bias`, uniform on +-1/sqrt(size * size * inputs):
 * the default of PyTorch's convolutions.
 */
export function convolutionParameters(
  path: string,
  { size, inputs, outputs }: ConvolutionSizes,
): Readonly<Record<string, LearntParameter>> {
  const limit = 1 / Math.sqrt(size * size * inputs);
  return {
    [`${path}/kernel`]: uniformParameter([size, size, inputs, outputs], limit),
    [`${path}/bias`]: uniformParameter([outputs], limit),
  };
}

/**
 * Kernel `[size, size, outputs, inputs]` and bias `[outputs]` for
 * `tf.conv2dTranspose`, as `<path>/kernel` and `<path>/bias`, uniform on
 * +-1/sqrt(size * size * outputs): the default of PyTorch's transposed
 * convolutions, whose "fan in" counts the channels that go out.
 */
export function transposedConvolutionParameters(
  path: string,
  { size, inputs, outputs }: ConvolutionSizes,
): Readonly<Record<string, LearntParameter>> {
  const limit = 1 / Math.sqrt(size * size * outputs);
  return {
    [`${path}/kernel`]: uniformParameter([size, size, outputs, inputs], limit),
    [`${path}/bias`]: uniformParameter([outputs], limit),
  };
}

/** A parameter that starts uniform on +-limit. */
export function uniformParameter(
  shape: readonly number[],
  limit: number,
): LearntParameter {
  const length = sizeOfShape(shape);
  return {
    shape,
    initial: (uniform) =>
      Float32Array.from({ length }, () => (2 * uniform() - 1) * limit),
  };
}
