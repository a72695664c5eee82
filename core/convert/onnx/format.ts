/** Encoder and decoder as models of ONNX. @module */

import { TraceError } from "../../engine/compile/trace_error.ts";
import type { Format } from "../format.ts";
import { modelFunctions } from "../functions/model_functions.ts";
import { onnxModel } from "./onnx_model.ts";

/** `onnx/decoder.onnx` and `onnx/encoder.onnx`, weights inside. */
export const onnx: Format = {
  name: "onnx",
  description: "encoder and decoder for onnxruntime",
  engine: "native",
  hasWeights: true,
  files: (trial, note) =>
    Promise.resolve(
      modelFunctions(trial).flatMap((one) => {
        try {
          const data = onnxModel(one, trial.plan.label);
          return [{ path: `onnx/${one.name}.onnx`, data }];
        } catch (error) {
          if (!(error instanceof TraceError)) throw error;
          note(error.message);
          return [];
        }
      }),
    ),
};
