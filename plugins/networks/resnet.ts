/**
 * Residual blocks of two convolutions between steps that halve the image; the
 * decoder mirrors them.
 *
 * @module
 */

import {
  convolutionParameters,
  defineNetwork,
  type NetworkParameters,
  type Tensor4D,
  transposedConvolutionParameters,
  v,
} from "vae-priors";
import { activate, activationOption } from "./_activation.ts";
import { applyBlocks, blockParameters } from "./_blocks.ts";
import {
  convolve,
  convolveUp,
  type LayerPlace,
  repeatPixels,
  type Size,
  sizesDown,
} from "./_convolution.ts";
import {
  denseOption,
  featureParameters,
  mapParameters,
  numbersOf,
  toFeatures,
  toMaps,
} from "./_ends.ts";

/** Of each step between the levels. */
const STRIDE = 2;
/** Height and width of all filters. */
const FILTER = 3;

const whole = (least: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least));

export default defineNetwork({
  name: "resnet",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Residual blocks of 3x3 convolutions, halving the image between",
  options: v.strictObject({
    widths: v.optional(
      v.pipe(
        v.array(whole(1)),
        v.minLength(1),
        v.description(
          "channels of each level, from the image on; each halves height and width, rounded up",
        ),
      ),
      [32, 64],
    ),
    blocks: v.optional(
      v.pipe(whole(1), v.description("residual blocks of each level")),
      1,
    ),
    up: v.optional(
      v.pipe(
        v.picklist(["transpose", "nearest"]),
        v.description(
          "how the decoder doubles: by transposed convolutions, or by repeating pixels and a convolution",
        ),
      ),
      "transpose",
    ),
    dense: denseOption,
    activation: activationOption,
  }),
  label: ({ widths, blocks, up, activation }) =>
    `ResNet(${
      [
        widths.join("-"),
        `${blocks} a level`,
        ...(up === "transpose" ? [] : [up]),
        ...(activation === "relu" ? [] : [activation]),
      ].join(",")
    })`,
  create: ({ widths, blocks, up, dense: units, activation }, image) => {
    const channels = [image.channels, ...widths];
    const levels = widths.length;
    const sizes = sizesDown(image, { levels, stride: STRIDE });
    const ends = {
      ...sizes[levels]!,
      channels: channels[levels]!,
      units,
      activation,
    };
    const each = { blocks, activation };
    return {
      encoder: {
        parameters: Object.assign(
          {},
          ...widths.map((outputs, level) => ({
            ...convolutionParameters(`encoder/${level}/down`, {
              size: FILTER,
              inputs: channels[level]!,
              outputs,
            }),
            ...blockParameters(`encoder/${level}`, outputs, blocks),
          })),
          featureParameters(ends),
        ) as NetworkParameters,
        features: units ?? numbersOf(ends),
        apply: (weights, images) => {
          let x = images;
          for (let level = 0; level < levels; level++) {
            const path = `encoder/${level}`;
            const place = { weights, path: `${path}/down` };
            const input = level === 0 ? x : activate(x, activation);
            x = applyBlocks(convolve(input, place, STRIDE), {
              weights,
              path,
              ...each,
            });
          }
          return toFeatures(activate(x, activation), weights, ends);
        },
      },
      decoder: ({ latentWidth, outputs }) => ({
        parameters: Object.assign(
          {},
          mapParameters(latentWidth, ends),
          ...widths.map((inputs, level) => ({
            ...blockParameters(`decoder/${level}`, inputs, blocks),
            ...(up === "nearest"
              ? convolutionParameters
              : transposedConvolutionParameters)(pathUp(level), {
                size: FILTER,
                inputs,
                outputs: level === 0
                  ? image.channels * outputs
                  : channels[level]!,
              }),
          })).reverse(),
        ) as NetworkParameters,
        apply: (weights, latent) => {
          let x = toMaps(latent, weights, ends);
          for (let level = levels - 1; level >= 0; level--) {
            const path = `decoder/${level}`;
            const y = applyBlocks(x, { weights, path, ...each });
            const place = { weights, path: pathUp(level) };
            x = grow(activate(y, activation), place, {
              size: sizes[level]!,
              up,
            });
          }
          return x;
        },
      }),
    };
  },
});

/** The layer of the decoder that mirrors a step down of the encoder's. */
function pathUp(level: number): string {
  return level === 0 ? "output" : `decoder/${level}/up`;
}

function grow(
  x: Tensor4D,
  place: LayerPlace,
  { size, up }: { readonly size: Size; readonly up: "transpose" | "nearest" },
): Tensor4D {
  if (up === "transpose") return convolveUp(x, place, { size, stride: STRIDE });
  return convolve(repeatPixels(x, size), place);
}
