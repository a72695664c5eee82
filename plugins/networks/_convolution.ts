/**
 * Layers of convolutions, and how images shrink and grow by them.
 *
 * @module
 */

import { type NetworkWeights, type Tensor4D, tf } from "vae-priors";
import { layerAt } from "./_weights.ts";

/** Height and width of an image or of a map of features. */
export interface Size {
  readonly height: number;
  readonly width: number;
}

/**
 * Sizes of the maps after 0, 1 and up to `levels` steps down: each side is
 * divided by the stride and rounded up, so that every size will do.
 */
export function sizesDown(
  { height, width }: Size,
  { levels, stride }: { readonly levels: number; readonly stride: number },
): readonly Size[] {
  const sizes: Size[] = [{ height, width }];
  for (let level = 0; level < levels; level++) {
    const { height, width } = sizes[level]!;
    sizes.push({
      height: Math.ceil(height / stride),
      width: Math.ceil(width / stride),
    });
  }
  return sizes;
}

/** A layer of a network. */
export interface LayerPlace {
  readonly weights: NetworkWeights;
  readonly path: string;
}

/**
 * A convolution with zeros around: `[B, H, W, I]` to
 * `[B, ceil(H / stride), ceil(W / stride), O]`.
 */
export function convolve(
  x: Tensor4D,
  { weights, path }: LayerPlace,
  stride = 1,
): Tensor4D {
  const { kernel, bias } = layerAt(weights, path);
  return tf.add(tf.conv2d(x, kernel as Tensor4D, stride, "same"), bias);
}

/** A transposed convolution to maps of `size`, which a convolution of this stride makes `x`'s of: `[B, h, w, I]` to `[B, H, W, O]`. */
export function convolveUp(
  x: Tensor4D,
  { weights, path }: LayerPlace,
  { size: { height, width }, stride }: {
    readonly size: Size;
    readonly stride: number;
  },
): Tensor4D {
  const { kernel, bias } = layerAt(weights, path);
  const filters = kernel as Tensor4D;
  const shape: Tensor4D["shape"] = [
    x.shape[0],
    height,
    width,
    filters.shape[2],
  ];
  return tf.add(
    tf.conv2dTranspose(x, filters, shape, stride, "same"),
    bias,
  );
}

/**
 * Each pixel twice along both sides, cut to `size`: `[B, h, w, C]` to
 * `[B, H, W, C]` with H of 2 h or one less, and W likewise. Not by
 * `tf.image.resizeNearestNeighbor`, whose gradient mixes images on the cpu
 * engine.
 */
export function repeatPixels(x: Tensor4D, { height, width }: Size): Tensor4D {
  const [rows, h, w, channels] = x.shape;
  const wide = tf.reshape(tf.concat([x, x], 3), [rows, h, 2 * w * channels]);
  const all: Tensor4D = tf.reshape(tf.concat([wide, wide], 2), [
    rows,
    2 * h,
    2 * w,
    channels,
  ]);
  return height === 2 * h && width === 2 * w
    ? all
    : tf.slice(all, [0, 0, 0, 0], [rows, height, width, channels]);
}
