/**
 * A decoder of rectified dense layers without an engine: a few milliseconds an
 * image. Runs in the page, too.
 *
 * @module
 */

/** A dense layer. */
export interface DenseLayer {
  /** `[inputs, outputs]`, row by row. */
  readonly kernel: Float32Array;
  /** `[outputs]`. */
  readonly bias: Float32Array;
}

/**
 * Pixel means of p(x|z) for one latent vector: rectified layers, and a sigmoid
 * after the last one. Returns `[P]`, in [0, 1].
 */
export function decodeVector(
  layers: readonly DenseLayer[],
  latent: ArrayLike<number>,
): Float32Array {
  let values = Float32Array.from(latent);
  layers.forEach((layer, index) => {
    values = affine(layer, values);
    const last = index === layers.length - 1;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      values[i] = last ? 1 / (1 + Math.exp(-value)) : Math.max(0, value);
    }
  });
  return values;
}

function affine({ kernel, bias }: DenseLayer, input: Float32Array) {
  const output = bias.slice();
  const width = output.length;
  for (let i = 0; i < input.length; i++) {
    const value = input[i]!;
    // Half of the rectified values are 0.
    if (value === 0) continue;
    const start = i * width;
    for (let j = 0; j < width; j++) output[j]! += value * kernel[start + j]!;
  }
  return output;
}
