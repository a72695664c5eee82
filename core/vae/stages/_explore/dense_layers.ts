/**
 * Whether a decoder is one that the report's page can compute by itself.
 *
 * @module
 */

import { sizeOfImage } from "../../../lib/image_shape.ts";
import { decodeVector, type DenseLayer } from "../../latent/dense_decoder.ts";
import type { ImageBatch, Weights } from "../../model/artifacts.ts";

/** Images that are compared. */
const PROBES = 8;
/** A grey level is 0.0039. */
const TOLERANCE = 1e-3;

/**
 * The layers of a decoder, from the latent vector on, where rectified dense
 * layers with a sigmoid at the end give the images that it gave; null where it
 * is anything else. No network says what it is made of, so its weights are tried.
 *
 * @param latents vectors `[S]`, and `images` what the model made of them
 */
export function denseLayers(
  weights: Weights,
  latents: readonly Float64Array[],
  images: ImageBatch,
): readonly DenseLayer[] | null {
  const paths: string[] = [];
  while (`decoder/${paths.length}/kernel` in weights) {
    paths.push(`decoder/${paths.length}`);
  }
  paths.push("output");
  const own = Object.keys(weights).filter((path) =>
    /^(?:decoder|output|likelihood)\//.test(path)
  );
  if (own.length !== 2 * paths.length) return null;
  const layers: DenseLayer[] = [];
  let width = latents[0]!.length;
  for (const path of paths) {
    const [kernel, bias] = [weights[`${path}/kernel`], weights[`${path}/bias`]];
    if (kernel === undefined || bias === undefined) return null;
    const outputs = bias.data.length;
    const { shape } = kernel;
    if (shape.length !== 2 || shape[0] !== width || shape[1] !== outputs) {
      return null;
    }
    layers.push({ kernel: kernel.data, bias: bias.data });
    width = outputs;
  }
  const size = sizeOfImage(images);
  if (width !== size) return null;
  const isSame = latents.slice(0, PROBES).every((latent, i) =>
    decodeVector(layers, latent).every((value, pixel) =>
      Math.abs(value - images.pixels[i * size + pixel]!) <= TOLERANCE
    )
  );
  return isSame ? layers : null;
}
