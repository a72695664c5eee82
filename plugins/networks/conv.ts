/**
 * Strided convolutions and a dense layer; the decoder mirrors them with
 * transposed convolutions.
 *
 * @module
 */

import {
  convolutionParameters,
  defineNetwork,
  type NetworkParameters,
  transposedConvolutionParameters,
  UserError,
  v,
} from "vae-priors";
import { activate, activationOption } from "./_activation.ts";
import { convolve, convolveUp, sizesDown } from "./_convolution.ts";
import {
  denseOption,
  featureParameters,
  mapParameters,
  numbersOf,
  toFeatures,
  toMaps,
} from "./_ends.ts";

const whole = (least: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least));

export default defineNetwork({
  name: "conv",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Strided convolutions, and their transposes in the decoder",
  options: v.strictObject({
    widths: v.optional(
      v.pipe(
        v.array(whole(1)),
        v.minLength(1),
        v.description("channels after each convolution, from the image on"),
      ),
      [32, 64],
    ),
    size: v.optional(
      v.pipe(whole(1), v.description("height and width of the filters")),
      3,
    ),
    stride: v.optional(
      v.pipe(
        whole(1),
        v.description(
          "by what each convolution divides height and width, rounded up; at most the size of the filters",
        ),
      ),
      2,
    ),
    dense: denseOption,
    activation: activationOption,
  }),
  label: ({ widths, dense, activation }) =>
    `Conv(${
      [
        widths.join("-"),
        ...(dense === null ? [] : [dense]),
        ...(activation === "relu" ? [] : [activation]),
      ].join(",")
    })`,
  create: ({ widths, size, stride, dense: units, activation }, image) => {
    if (stride > size) {
      throw new UserError(
        `Cannot build network "conv": "stride" is ${stride}, want at most "size", which is ${size}: pixels between the filters would count for nothing`,
      );
    }
    const channels = [image.channels, ...widths];
    const levels = widths.length;
    const sizes = sizesDown(image, { levels, stride });
    const ends = {
      ...sizes[levels]!,
      channels: channels[levels]!,
      units,
      activation,
    };
    return {
      encoder: {
        parameters: Object.assign(
          {},
          ...widths.map((outputs, level) =>
            convolutionParameters(`encoder/${level}`, {
              size,
              inputs: channels[level]!,
              outputs,
            })
          ),
          featureParameters(ends),
        ) as NetworkParameters,
        features: units ?? numbersOf(ends),
        apply: (weights, images) => {
          let x = images;
          for (let level = 0; level < levels; level++) {
            const path = `encoder/${level}`;
            x = activate(convolve(x, { weights, path }, stride), activation);
          }
          return toFeatures(x, weights, ends);
        },
      },
      decoder: ({ latentWidth, outputs }) => ({
        parameters: Object.assign(
          {},
          mapParameters(latentWidth, ends),
          ...widths.map((inputs, level) =>
            transposedConvolutionParameters(pathUp(level), {
              size,
              inputs,
              outputs: level === 0
                ? image.channels * outputs
                : channels[level]!,
            })
          ).reverse(),
        ) as NetworkParameters,
        apply: (weights, latent) => {
          let x = activate(toMaps(latent, weights, ends), activation);
          for (let level = levels - 1; level >= 0; level--) {
            const place = { weights, path: pathUp(level) };
            const y = convolveUp(x, place, { size: sizes[level]!, stride });
            x = level === 0 ? y : activate(y, activation);
          }
          return x;
        },
      }),
    };
  },
});

/** The layer of the decoder that mirrors one of the encoder's. */
function pathUp(level: number): string {
  return level === 0 ? "output" : `decoder/${level}`;
}
