// @ts-nocheck: gives as little of each artifact as is read of it
import * as v from "../../../node_modules/valibot/dist/index.mjs";

export default {
  kind: "stage",
  name: "load_mnist",
  version: 1,
  module: import.meta.url,
  description: "load_mnist",
  options: v.strictObject({ size: v.optional(v.number(), 4) }),
  inputs: [],
  outputs: ["dataset"],
  params: [],
  externalFiles: async ({ size }) => ({ digits: "drawn " + size }),
  run: async () => ({
    dataset: {
      name: "tiny",
      source: "made up",
      synthetic: false,
      height: 2,
      width: 2,
      train: {
        count: 4,
        images: new Uint8Array(16),
        labels: new Uint8Array(4),
      },
      test: { count: 4, images: new Uint8Array(16), labels: new Uint8Array(4) },
    },
  }),
};
