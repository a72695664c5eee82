/** Encoder and decoder as graph models of TensorFlow.js. @module */

import { messageOf } from "../../lib/errors.ts";
import { tf } from "../../engine/tf.ts";
import type { Format, OutputFile } from "../format.ts";
import { messageToJson } from "../protocol.ts";
import {
  type FunctionGraph,
  functionGraphs,
  VERSIONS,
} from "./function_graph.ts";

/** `tfjs/decoder/model.json` and `tfjs/encoder/model.json`, for the browser. */
export const tfjs: Format = {
  name: "tfjs",
  description: "encoder and decoder for tf.loadGraphModel",
  engine: "native",
  hasWeights: true,
  files: async (trial, note) => {
    const files: OutputFile[] = [];
    for (const one of functionGraphs(trial, note)) {
      const { model, weights } = graphModel(one);
      const problem = await problemOf(model, weights);
      if (problem !== null) {
        note(`TensorFlow.js cannot run the ${one.name}: ${problem}`);
        continue;
      }
      const folder = `tfjs/${one.name}`;
      files.push(
        { path: `${folder}/model.json`, data: JSON.stringify(model) },
        { path: `${folder}/weights.bin`, data: weights },
      );
    }
    return files;
  },
};

function graphModel({ nodes, constants, signature }: FunctionGraph) {
  const weights = [...constants].map(([name, { shape, data }]) => ({
    name,
    shape,
    dtype: data instanceof Int32Array
      ? "int32"
      : data instanceof Uint8Array
      ? "bool"
      : "float32",
  }));
  const model = {
    format: "graph-model",
    generatedBy: "vae-priors",
    convertedBy: null,
    signature: messageToJson("SignatureDef", signature),
    // With these `predict` gives the outputs by name.
    userDefinedMetadata: {
      structuredOutputKeys: Object.keys(signature["outputs"] as object),
    },
    modelTopology: messageToJson("GraphDef", {
      node: nodes,
      versions: VERSIONS,
    }),
    weightsManifest: [{ paths: ["weights.bin"], weights }],
  };
  const bytes = Buffer.concat(
    [...constants.values()].map(({ data }) =>
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    ),
  );
  return { model, weights: bytes };
}

/** TensorFlow.js knows fewer operations than TensorFlow: it says so when it runs. */
async function problemOf(
  model: ReturnType<typeof graphModel>["model"],
  weights: Uint8Array,
): Promise<string | null> {
  const handler = tf.io.fromMemory({
    modelTopology: model.modelTopology,
    signature: model.signature,
    weightSpecs: model.weightsManifest[0]!.weights as never,
    weightData: new Uint8Array(weights).buffer,
  });
  const loaded = await tf.loadGraphModel(handler);
  try {
    tf.tidy(() => {
      const [input] = loaded.inputs;
      loaded.predict(tf.zeros([1, ...input!.shape!.slice(1)]));
    });
    return null;
  } catch (error) {
    return messageOf(error);
  } finally {
    loaded.dispose();
  }
}
