/**
 * `build_encoder`: sizes and initial weights of the encoder's hidden layers.
 *
 * @module
 */

import * as v from "valibot";
import { initialWeights, stackedLayers } from "../model/initial_weights.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { layerWidths } from "./_options.ts";

export default defineStage({
  name: "build_encoder",
  version: 1,
  module: import.meta.url,
  description: "Makes the encoder's hidden layers",
  inputs: ["dataset"],
  outputs: ["encoder"],
  params: ["seed"],
  options: v.strictObject({
    hidden: v.optional(
      v.pipe(
        layerWidths(),
        v.description(
          "widths of the encoder's hidden layers, from the image on",
        ),
      ),
      [400],
    ),
  }),
  async run({ dataset }, { hidden }, { seed }) {
    const inputSize = dataset.height * dataset.width;
    const layers = stackedLayers("encoder", inputSize, hidden);
    return {
      encoder: { inputSize, hidden, weights: initialWeights(layers, seed) },
    };
  },
});
