/** Encoder and decoder as SavedModels. @module */

import type { Format } from "../format.ts";
import { encodeMessage, type Message } from "../protocol.ts";
import {
  type FunctionGraph,
  functionGraphs,
  VERSIONS,
} from "./function_graph.ts";

/** `saved_model/decoder` and `saved_model/encoder`, weights inside the graph. */
export const savedModel: Format = {
  name: "savedmodel",
  description: "encoder and decoder for tf.saved_model.load",
  engine: "native",
  hasWeights: true,
  files: (trial, note) =>
    Promise.resolve(
      functionGraphs(trial, note).map((one) => ({
        path: `saved_model/${one.name}/saved_model.pb`,
        data: encodeSavedModel(one),
      })),
    ),
};

function encodeSavedModel(
  { nodes, constants, signature }: FunctionGraph,
): Uint8Array {
  const node = nodes.map((node) => {
    const constant = constants.get(String(node["name"]));
    return constant === undefined ? node : filled(node, constant.data);
  });
  return encodeMessage("SavedModel", {
    savedModelSchemaVersion: 1,
    metaGraphs: [{
      metaInfoDef: { tags: ["serve"] },
      graphDef: { node, versions: VERSIONS },
      signatureDef: { serving_default: signature },
    }],
  });
}

function filled(node: Message, values: ArrayBufferView): Message {
  const { buffer, byteOffset, byteLength } = values;
  const attr = node["attr"] as { readonly value: { readonly tensor: Message } };
  const tensorContent = new Uint8Array(buffer, byteOffset, byteLength);
  return {
    ...node,
    attr: {
      ...attr,
      value: { tensor: { ...attr.value.tensor, tensorContent } },
    },
  };
}
