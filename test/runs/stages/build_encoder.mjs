// @ts-nocheck: gives as little of each artifact as is read of it
import * as v from "../../../node_modules/valibot/dist/index.mjs";

export default {
  kind: "stage",
  name: "build_encoder",
  version: 1,
  module: import.meta.url,
  description: "build_encoder",
  options: v.strictObject({}),
  inputs: ["dataset"],
  outputs: ["encoder"],
  params: ["seed"],
  run: async (_, __, { seed }) => ({
    encoder: {
      image: { height: 2, width: 2, channels: 1 },
      features: seed % 7,
      weights: {},
    },
  }),
};
