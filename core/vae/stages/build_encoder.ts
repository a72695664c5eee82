/**
 * `build_encoder`: the encoder of the network, with its initial weights.
 *
 * @module
 */

import * as v from "valibot";
import { initialNetwork } from "../model/initial_network.ts";
import { defineStage } from "../../pipeline/stage.ts";
import type {} from "../network_axis.ts";

export default defineStage({
  name: "build_encoder",
  version: 1,
  module: import.meta.url,
  description: "Makes the network's encoder",
  inputs: ["dataset"],
  outputs: ["encoder"],
  params: ["network", "seed"],
  options: v.strictObject({}),
  moved: { hidden: { key: "networks", name: "mlp", option: "hidden" } },
  async run({ dataset }, _, { network, seed }) {
    const { height, width, channels = 1 } = dataset;
    const image = { height, width, channels };
    const { encoder: { parameters, features } } = network.build(image);
    const { name } = network.definition;
    const weights = initialNetwork(parameters, { name, seed });
    return { encoder: { image, features, weights } };
  },
});
